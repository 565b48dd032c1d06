"""Drafts over each provider in the real window, by the keyboard: text, sources, steps and cost are shown, and the
window stays alive while the text streams in."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest

from iaposte_desktop.domain.connections import ConnectionKind
from iaposte_desktop.domain.errors import Delivery
from iaposte_desktop.domain.prices import Price
from iaposte_desktop.domain.runs import RunStatus, StepKind
from tests.e2e.furnished import ASSISTANTS, MAIL, RESPONSES, WAYS, Way, furnish
from tests.e2e.test_window import drop
from tests.fakes.toy_openai import faults
from tests.fakes.toy_openai.server import ToyOpenAI
from tests.qt.until import until
from tests.qt.windows import in_window, open_window

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iaposte_desktop.domain.runs import Run
    from iaposte_desktop.qt.live import OpenWindow

CONTROL = Qt.KeyboardModifier.ControlModifier
REMOTE = [way for way in WAYS if way.protocol is not None]


@pytest.fixture
def toy() -> Iterator[ToyOpenAI]:
    with ToyOpenAI(key=None) as toy:
        toy.background_seconds = toy.assistants.step_seconds = 0.001
        toy.vector_stores.index_seconds = 0
        yield toy
        assert toy.invalid == []


async def opened_thread(opened: OpenWindow, folder: Path, base_url: str, way: Way) -> str:
    """The mail was dropped, and is being answered by the assistant of this way. The thread's id."""
    program, call = opened.program, opened.runtime.call
    await call(furnish(program, folder, base_url, kind=ConnectionKind.COMPATIBLE))
    await call(program.prices.save([Price("compatible", "toy-1", date(2026, 1, 1), Decimal(100), Decimal(100))]))
    (folder / "mail.eml").write_text(MAIL, encoding="utf-8")
    drop(opened.threads.view, folder / "mail.eml")
    await until(lambda: opened.threads.view.conversation.subject.text() == "Refund")
    thread_id = opened.threads.session.thread_id
    assert thread_id is not None
    choice = opened.threads.view.draft.strip.assistant
    await until(lambda: choice.findText(way.name) > 0)
    choice.setFocus()
    while choice.currentText() != way.name:
        QTest.keyClick(choice, Qt.Key.Key_Down)
    chosen = choice.currentData()
    while (await call(program.threads.open(thread_id))).thread.assistant_id != chosen:
        pass
    QTest.keyClick(opened.threads.view, Qt.Key.Key_Return, CONTROL)
    return thread_id


async def ended(opened: OpenWindow, thread_id: str) -> Run:
    while True:
        runs = (await opened.runtime.call(opened.program.threads.open(thread_id))).runs
        if runs and runs[0].status.is_terminal:
            return runs[0]


@pytest.mark.parametrize("way", REMOTE, ids=lambda way: way.name)
@in_window
async def test_a_draft_shows_its_text_its_sources_its_steps_and_what_it_cost(
    tmp_path: Path, toy: ToyOpenAI, way: Way
) -> None:
    async with open_window(tmp_path / "profile") as opened:
        view = opened.threads.view
        is_streamed = way != ASSISTANTS
        ticks = 0

        def tick() -> None:
            nonlocal ticks
            ticks += 1

        timer = QTimer()
        timer.timeout.connect(tick)
        timer.start(10)
        if is_streamed:
            toy.hold(after=50)
        thread_id = await opened_thread(opened, tmp_path, toy.base_url, way)
        suggestion = view.draft.suggestion
        await until(suggestion.isVisible)
        if is_streamed:
            await until(lambda: suggestion.text.toPlainText().startswith("A refund"))
            assert not suggestion.accept.isEnabled()
            seen = ticks
            await until(lambda: ticks > seen + 5)
            toy.release()
        await until(suggestion.accept.isEnabled)
        run = await ended(opened, thread_id)
        assert (run.status, run.model.provider) == (RunStatus.COMPLETED, way.provider)
        await until(lambda: suggestion.text.toPlainText().strip() == run.text.strip())

        cited = {citation.source for citation in run.citations}
        assert cited
        assert set(view.side.sources.cards) == {source.number for source in run.sources}
        pane = view.side.run
        assert pane.status.text() == "done"
        assert [row.step.kind for row in pane.steps] == [StepKind.SEARCH, StepKind.WRITING, StepKind.CHECKING]
        assert all(row.text.text() for row in pane.steps)
        assert pane.model.text() == "toy-1"
        assert run.cost.usd is not None
        assert f"{run.usage.total_tokens} tokens · {run.cost.usd:.4f} $" in pane.totals.text()
        timer.stop()


@in_window
async def test_the_window_ticks_on_while_thousands_of_pieces_come(tmp_path: Path) -> None:
    """Between what is shown of the text and what is shown next, the window does other things as well."""
    with ToyOpenAI(key=None, deltas=3_000) as toy:
        toy.vector_stores.index_seconds = 0
        await stream(tmp_path, toy)


async def stream(folder: Path, toy: ToyOpenAI) -> None:
    async with open_window(folder / "profile") as opened:
        ticks: list[int] = [0]
        timer = QTimer()
        timer.timeout.connect(lambda: ticks.append(ticks[-1] + 1))
        timer.start(1)
        shown: list[int] = []
        text = opened.threads.view.draft.suggestion.text
        text.textChanged.connect(lambda: shown.append(ticks[-1]))
        thread_id = await opened_thread(opened, folder, toy.base_url, RESPONSES)
        run = await ended(opened, thread_id)
        await until(lambda: len(text.toPlainText()) == len(run.text))
        assert len(run.text) == 4 * 3_000
        timer.stop()
        assert len(shown) > 3
        assert len(set(shown)) > len(shown) * 0.8


@in_window
async def test_a_wait_that_the_server_asks_for_is_shown_and_skipped(tmp_path: Path, toy: ToyOpenAI) -> None:
    async with open_window(tmp_path / "profile") as opened:
        toy.fail(faults.RateLimited("121"), on="POST /responses")
        thread_id = await opened_thread(opened, tmp_path, toy.base_url, RESPONSES)
        waiting = opened.threads.view.draft.suggestion.wait
        await until(waiting.isVisible)
        await until(lambda: "2:0" in waiting.text.text())
        QTest.mouseClick(waiting.skip, Qt.MouseButton.LeftButton)
        run = await ended(opened, thread_id)
        assert run.status is RunStatus.COMPLETED
        assert toy.count("POST", "/responses") == 3


@in_window
async def test_a_failure_is_told_with_what_was_sent_and_the_text_is_kept(tmp_path: Path, toy: ToyOpenAI) -> None:
    async with open_window(tmp_path / "profile") as opened:
        toy.fail(faults.Reset(60), on="POST /responses", after=1)
        thread_id = await opened_thread(opened, tmp_path, toy.base_url, RESPONSES)
        run = await ended(opened, thread_id)
        assert run.error is not None
        assert (run.error.code, run.error.billed) == ("stream_cut", Delivery.MAYBE)
        suggestion = opened.threads.view.draft.suggestion
        await until(lambda: suggestion.text.toPlainText().startswith("A refund"))
        await until(lambda: "may have been sent and billed" in suggestion.ending.text())
        assert toy.count("POST", "/responses") == 2
