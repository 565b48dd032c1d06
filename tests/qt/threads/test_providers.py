"""Drafting over a connection: what it costs beforehand, waiting, another model, and what goes wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from iaposte_desktop.application.changes import RunChanged
from iaposte_desktop.domain.assistants import Generation, ModelRef
from iaposte_desktop.domain.errors import ErrorInfo
from iaposte_desktop.domain.ports.vector_stores import StoreDetails
from iaposte_desktop.domain.prices import Price
from iaposte_desktop.domain.runs import Fallback, RunStatus, RunStep, StepKind, StepStatus
from iaposte_desktop.domain.usage import Cost, Usage
from iaposte_desktop.qt.lib.language import use_language
from iaposte_desktop.qt.threads.run_texts import step_figures, wait_announcement, wait_text
from iaposte_desktop.qt.threads.wait_bar import WaitBar
from tests.fakes.toy_openai.faults import InsufficientQuota, RateLimited, Status
from tests.fakes.toy_openai.server import ToyOpenAI
from tests.qt.threads.asking import SHIFT, asking, last_run, press_draft
from tests.qt.threads.made import NOW, run
from tests.qt.threads.tab import Tab, with_tab
from tests.qt.toy import connected
from tests.qt.until import until
from tests.qt.windows import in_window, open_window

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from PySide6.QtWidgets import QApplication

    from iaposte_desktop.domain.json import JsonValue


def wait_step(seconds: float, code: str = "rate_limited") -> RunStep:
    detail: dict[str, JsonValue] = {"code": code, "until": (NOW + timedelta(seconds=seconds)).isoformat(), "attempt": 1}
    return RunStep("step_1", StepKind.WAITING, StepStatus.IN_PROGRESS, NOW, detail=detail)


@with_tab
async def test_the_size_the_cost_and_where_it_goes_are_told(tab: Tab) -> None:
    summaries: list[Any] = []
    tab.controller.summary_changed.connect(summaries.append)
    with ToyOpenAI(key=None) as toy:
        await asking(tab, toy)
        shown = tab.view.draft.foot.estimate
        await until(lambda: shown.text().endswith(" · unknown cost · sent to Team"))
        assert shown.text().startswith("≈ ")
        price = Price("conn_team", "toy-1", date(2026, 1, 1), Decimal(100), Decimal(100))
        await tab.runtime.call(tab.program.prices.save([price]))
        await until(lambda: "unknown" not in shown.text())
        _, cost, place = shown.text().split(" · ")
        assert (cost[:4], cost[-2:], place) == ("≈ 0.", " $", "sent to Team")
        assert toy.requests == []
    assert (summaries[-1].model, summaries[-1].is_remote) == ("toy-1 · Team", True)


@with_tab
async def test_the_row_below_the_draft_leaves_the_estimate_its_line(tab: Tab) -> None:
    use_language("fr")
    with ToyOpenAI(key=None) as toy:
        await asking(tab, toy)
        foot = tab.view.draft.foot
        await until(lambda: "envoyé à Team" in foot.estimate.text())
        assert foot.estimate.height() < 2 * foot.fontMetrics().height()
        assert foot.options.x() + foot.options.width() <= foot.primary.x()


def test_time_left_is_told_to_the_second(qapp: QApplication) -> None:
    assert wait_text(wait_step(117), NOW) == "Too much was asked at once. Next try in 1:57."
    assert wait_text(wait_step(7265), NOW) == "Too much was asked at once. Next try in 2:01:05."
    assert wait_text(wait_step(-3), NOW) == "Too much was asked at once. Next try in 0:00."
    assert step_figures(wait_step(117), NOW) == "next try in 1:57"


def test_who_cannot_see_it_hears_that_the_provider_asks_to_wait(qapp: QApplication) -> None:
    heard = wait_announcement(wait_step(5), NOW)
    assert heard == "The provider asks to wait. Too much was asked at once. Next try in 0:05."
    assert wait_announcement(wait_step(5, "provider_unavailable"), NOW).startswith("The provider cannot be reached")


@with_tab
async def test_the_bar_counts_down_by_itself_and_can_be_skipped_once(tab: Tab) -> None:
    bar = WaitBar(tab.view)
    skipped: list[None] = []
    bar.skipped.connect(lambda: skipped.append(None))
    until_then = (datetime.now(UTC) + timedelta(minutes=1)).isoformat()
    bar.show_step(replace(wait_step(0), detail={"code": "rate_limited", "until": until_then, "attempt": 1}))
    first = bar.text.text()
    await until(lambda: bar.text.text() != first)
    bar.skip.click()
    bar.skip.click()
    assert len(skipped) == 1
    bar.show_step(replace(wait_step(30), id="step_2"))
    assert bar.skip.isEnabled()
    bar.show_step(None)
    assert bar.isHidden()
    assert not bar.skip.isEnabled()


@with_tab
async def test_try_now_asks_again_without_waiting(tab: Tab) -> None:
    announced: list[str] = []
    tab.controller.announced.connect(announced.append)
    with ToyOpenAI(key=None) as toy:
        toy.fail(RateLimited("95"), on="POST /responses")
        thread_id = await asking(tab, toy)
        press_draft(tab)
        bar = tab.view.draft.suggestion.wait
        await until(bar.isVisible)
        assert bar.text.text().startswith("Too much was asked at once. Next try in 1:3")
        (row,) = tab.view.side.run.steps
        assert row.text.text() == "Waiting for the provider: Too much was asked at once."
        assert announced[0].startswith("The provider asks to wait.")
        QTest.keyClick(tab.view.draft.editor, Qt.Key.Key_F5)
        await until(lambda: tab.view.draft.suggestion.accept.isEnabled())
        assert bar.isHidden()
        assert row.text.text() == "Waited for the provider: Too much was asked at once."
        assert toy.invalid == []
    assert (await last_run(tab, thread_id)).status is RunStatus.COMPLETED
    assert announced[1:] == ["The draft is ready."]


@with_tab
async def test_a_wait_is_stopped_with_the_key_and_nothing_more_is_sent(tab: Tab) -> None:
    with ToyOpenAI(key=None) as toy:
        toy.fail(RateLimited("95"), on="POST /responses", times=None)
        thread_id = await asking(tab, toy)
        press_draft(tab)
        await until(tab.view.draft.suggestion.wait.isVisible)
        QTest.keyClick(tab.view.draft.editor, Qt.Key.Key_Escape, SHIFT)
        await until(lambda: tab.view.draft.foot.primary.text() == "Draft")
        assert not tab.view.draft.suggestion.wait.isVisible()
        assert toy.count("POST", "/responses") == 1
    assert (await last_run(tab, thread_id)).status is RunStatus.CANCELLED


@with_tab
async def test_the_fallback_answers_and_is_named_with_the_reason(tab: Tab) -> None:
    fallback = ModelRef("embedded", "iaposte-extract-1")
    with ToyOpenAI(key=None) as toy:
        toy.fail(InsufficientQuota(), on="POST /responses")
        await asking(tab, toy, generation=Generation(fallback=fallback))
        press_draft(tab)
        suggestion, pane = tab.view.draft.suggestion, tab.view.side.run
        await until(lambda: suggestion.fallback.text.text())
        said = "iaposte-extract-1 was asked instead of toy-1. The account has no credit left: You exceeded"
        assert suggestion.fallback.text.text().startswith(said)
        assert pane.fallback.text.text() == suggestion.fallback.text.text()
        assert pane.model.text() == "iaposte-extract-1"
        await until(lambda: tab.view.draft.foot.primary.text() == "Draft")
        assert "quotes your files" in suggestion.label.text()


@pytest.mark.parametrize(
    ("code", "is_offered"),
    [("api_ended", True), ("key_missing", True), ("key_refused", True), ("quota_exhausted", False)],
)
def test_the_settings_are_offered_where_they_mend_it(
    code: str, is_offered: bool, tmp_path: object, qapp: QApplication
) -> None:
    @with_tab
    async def test(tab: Tab) -> None:
        thread_id = await tab.opened("One")
        failed = run(thread_id, status=RunStatus.FAILED, error=ErrorInfo(code))
        fell_back = Fallback(ModelRef("conn_other", "toy-1"), ErrorInfo("quota_exhausted"))
        tab.runtime.post(RunChanged(replace(failed, fallback=fell_back)))
        suggestion = tab.view.draft.suggestion
        await until(suggestion.isVisible)
        assert suggestion.settings.isVisible() is is_offered

    test(tmp_path, qapp)


@with_tab
async def test_a_refused_key_leads_to_its_connection_in_the_settings(tab: Tab) -> None:
    asked: list[str] = []
    tab.view.settings_requested.connect(asked.append)
    with ToyOpenAI(key=None) as toy:
        toy.fail(Status(401), on="POST /responses")
        await asking(tab, toy)
        press_draft(tab)
        suggestion = tab.view.draft.suggestion
        await until(suggestion.settings.isVisible)
        assert "The server refused the key." in suggestion.ending.text()
        suggestion.settings.click()
    assert asked == ["conn_team"]


@in_window
async def test_the_window_opens_its_settings_at_that_connection(tmp_path: Path) -> None:
    with ToyOpenAI(key=None) as toy:
        async with open_window(tmp_path) as opened:
            connections = [await connected(opened, toy, name) for name in ("Office", "Team")]
            threads = opened.program.threads
            mail = await opened.runtime.call(threads.import_text("When?", sender_address="claire@example.org"))
            await opened.threads.show_thread(mail.thread_id)
            failed = run(mail.thread_id, status=RunStatus.FAILED, error=ErrorInfo("key_missing"))
            opened.runtime.post(RunChanged(replace(failed, model=ModelRef(connections[1].id, "toy-1"))))
            await until(opened.threads.view.draft.suggestion.settings.isVisible)
            opened.threads.view.draft.suggestion.settings.click()
            dialog = opened.settings.dialog
            assert dialog is not None
            await until(lambda: dialog.connections.form.name.text() == "Team")


@with_tab
async def test_every_count_of_a_run_is_a_line_of_the_tooltip(tab: Tab) -> None:
    thread_id = await tab.opened("One")
    usage = Usage(1912, 340, 1024, 200, 120, 2)
    ended = run(thread_id, "Dear", RunStatus.COMPLETED, usage=usage, cost=Cost(Decimal("0.02134")))
    tab.runtime.post(RunChanged(ended))
    totals = tab.view.side.run.totals
    await until(lambda: totals.text() == "2.0 s · 2,252 tokens · 0.0213 $")
    assert totals.toolTip().splitlines() == [
        "Input: 1,912 tokens",
        "of which from the cache: 1,024 tokens",
        "of which written to the cache: 200 tokens",
        "Output: 340 tokens",
        "of which reasoning: 120 tokens",
        "Searches at the provider: 2",
    ]
    assert totals.accessibleDescription() == totals.toolTip()


@pytest.mark.parametrize(
    ("usd", "shown"), [("0.00002", "< 0.0001 $"), ("0.00213", "≈ 0.0021 $"), ("0", "free"), (None, "unknown cost")]
)
def test_a_cost_that_is_not_nothing_never_looks_like_it(
    usd: str | None, shown: str, tmp_path: object, qapp: QApplication
) -> None:
    @with_tab
    async def test(tab: Tab) -> None:
        thread_id = await tab.opened("One")
        cost = Cost(None if usd is None else Decimal(usd))
        usage = Usage(10, 10, estimated=True)
        tab.runtime.post(RunChanged(run(thread_id, "Dear", RunStatus.COMPLETED, usage=usage, cost=cost)))
        await until(lambda: tab.view.side.run.totals.text().endswith(f" · {shown}"))

    test(tmp_path, qapp)


@with_tab
async def test_a_source_of_a_hosted_search_opens_at_its_words(tab: Tab) -> None:
    with ToyOpenAI(key=None) as toy:
        connection = await connected(tab, toy, has_vector_stores=True)
        store = await tab.runtime.call(tab.program.knowledge.create(StoreDetails("Terms"), connection.id))
        path = tab.folder / "terms.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("# Refunds\n\nA refund reaches your account within five days.\n", encoding="utf-8")
        await tab.runtime.call(tab.program.knowledge.upload(store.id, [path]))
        await asking(tab, toy, vector_store_ids=(store.id,))
        await tab.runtime.call(tab.program.connections.save(replace(connection, default_model="toy-1")))
        press_draft(tab)
        await until(lambda: tab.view.draft.suggestion.accept.isEnabled())
        card = tab.view.side.sources.cards[1]
        # As a server tells it whose texts could not be had in time.
        source = replace(card.source, passage=replace(card.source.passage, start=0, end=0))
        tab.controller.sources.open(source, None)
        await until(lambda: tab.controller.sources.viewer is not None and tab.controller.sources.viewer.isVisible())
        viewer = tab.controller.sources.viewer
        assert viewer is not None
        (marked,) = viewer.text.extraSelections()
        shown = marked.cursor.selectedText().split()
        assert shown == source.passage.text.split()
        viewer.close()
        assert toy.invalid == []
