"""One draft otherwise than the assistant says, by keyboard."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from iaposte_desktop.domain.assistants import ModelRef
from iaposte_desktop.domain.connections import ApiProtocol
from iaposte_desktop.domain.runs import RunOverrides
from iaposte_desktop.qt.threads.options_dialog import OptionsDialog
from iaposte_desktop.qt.threads.side_panes import RUN
from tests.fakes.toy_openai.faults import Status
from tests.fakes.toy_openai.server import ToyOpenAI
from tests.qt.threads.asking import CONTROL, SHIFT, asking, last_run
from tests.qt.threads.tab import Tab, with_tab
from tests.qt.toy import connected
from tests.qt.until import until


async def options_of(tab: Tab) -> OptionsDialog:
    """Opened with the key, with the models listed."""
    QTest.keyClick(tab.view.draft.editor, Qt.Key.Key_Return, CONTROL | SHIFT)
    dialog = tab.view.findChildren(OptionsDialog)[-1]
    await until(lambda: dialog.model.count() > 1)
    return dialog


@with_tab
async def test_one_draft_goes_out_as_it_was_typed(tab: Tab) -> None:
    with ToyOpenAI(key=None) as toy:
        thread_id = await asking(tab, toy)
        dialog = await options_of(tab)
        assert dialog.model.currentText() == "As the assistant says (toy-1)"
        texts = [dialog.model.itemText(at) for at in range(dialog.model.count())]
        assert "iaposte-extract-1 · this machine" in texts
        dialog.model.setFocus()
        QTest.keyClicks(dialog.model, "gpt-6.1")
        assert dialog.model.currentText() == "gpt-6.1-terra · Team"
        QTest.keyClicks(dialog.instructions, "Offer a voucher.")
        QTest.keyClicks(dialog.tokens, "700")
        QTest.keyClicks(dialog.passages, "3")
        QTest.keyClicks(dialog.budget, "0,5")
        QTest.keyClick(dialog.instructions, Qt.Key.Key_Return, CONTROL)
        await until(lambda: tab.view.draft.suggestion.accept.isEnabled())
        sent = next(each.json for each in toy.requests if each.path == "/responses")
        assert (sent["model"], sent["max_output_tokens"]) == ("gpt-6.1-terra", 700)
        assert "Offer a voucher." in sent["instructions"]
        assert "passages" in sent["instructions"], "the assistant's own are still there"
        assert tab.view.side.currentIndex() == RUN
    assert (await last_run(tab, thread_id)).overrides == RunOverrides(
        additional_instructions="Offer a voucher.",
        model=ModelRef("conn_team", "gpt-6.1-terra"),
        max_output_tokens=700,
        max_passages=3,
        budget_usd=Decimal("0.5"),
    )


@with_tab
async def test_instructions_can_take_the_place_of_the_assistants(tab: Tab) -> None:
    with ToyOpenAI(key=None) as toy:
        thread_id = await asking(tab, toy)
        dialog = await options_of(tab)
        assert not dialog.replaces.isEnabled(), "there is nothing to replace them with"
        QTest.keyClicks(dialog.instructions, "Only say no.")
        dialog.replaces.click()
        dialog.draft.click()
        await until(lambda: tab.view.draft.suggestion.accept.isEnabled())
    assert (await last_run(tab, thread_id)).overrides == RunOverrides(instructions="Only say no.")


@with_tab
async def test_what_is_wrong_is_told_beside_its_field(tab: Tab) -> None:
    with ToyOpenAI(key=None) as toy:
        await asking(tab, toy)
        dialog = await options_of(tab)
        QTest.keyClicks(dialog.passages, "99")
        QTest.keyClick(dialog.passages, Qt.Key.Key_Return)
        problem = dialog.fields["max_passages"].problem
        assert problem.text.text() == "The number of passages is out of range. Use 1 to 50."
        assert dialog.isVisible()
        dialog.passages.clear()
        QTest.keyClicks(dialog.tokens, "many")
        QTest.keyClick(dialog.tokens, Qt.Key.Key_Return)
        assert not problem.isVisible()
        assert "token limit" in dialog.fields["max_output_tokens"].problem.text.text()
        dialog.reject()
        assert toy.count("POST", "/responses") == 0


@with_tab
async def test_what_would_be_sent_is_counted_and_not_generated(tab: Tab) -> None:
    with ToyOpenAI(key=None) as toy:
        await asking(tab, toy)
        dialog = await options_of(tab)
        dialog.count.click()
        await until(lambda: dialog.estimate.text.text())
        assert not dialog.estimate.text.text().startswith("≈")
        assert dialog.estimate.text.text().endswith(" tokens · unknown cost")
        assert toy.count("POST", "/responses/input_tokens") == 1
        before = int(dialog.estimate.text.text().split()[0])
        QTest.keyClicks(dialog.instructions, "Offer a voucher of ten per cent on the next order.")
        dialog.count.click()
        await until(lambda: dialog.estimate.text.text().split()[0] != str(before))
        assert int(dialog.estimate.text.text().split()[0]) > before
        assert toy.count("POST", "/responses") == 0
        toy.fail(Status(401), on="POST /responses/input_tokens")
        dialog.count.click()
        await until(lambda: dialog.estimate.text.text().endswith("did not count; this is our estimate"))
        dialog.reject()


@with_tab
async def test_a_provider_that_does_not_count_leaves_it_to_an_estimate(tab: Tab) -> None:
    with ToyOpenAI(key=None) as toy:
        await asking(tab, toy)
        await connected(tab, toy, protocol=ApiProtocol.CHAT_COMPLETIONS)
        dialog = await options_of(tab)
        dialog.count.click()
        await until(lambda: dialog.estimate.text.text())
        assert dialog.estimate.text.text().startswith("≈ ")
        assert dialog.estimate.text.text().endswith("the provider did not count; this is our estimate")
        dialog.reject()


@with_tab
async def test_models_that_cannot_be_listed_are_named_and_the_others_offered(tab: Tab) -> None:
    with ToyOpenAI(key=None) as toy, ToyOpenAI(key=None) as other:
        other.fail(Status(401), on="GET /models", times=None)
        await connected(tab, other, "Down")
        await asking(tab, toy)
        dialog = await options_of(tab)
        said = dialog.fields["model"].problem.text.text()
        assert said == "Not all models are listed. Down: The server refused the key."
        texts = [dialog.model.itemText(at) for at in range(dialog.model.count())]
        assert "toy-1 · Team" in texts
        assert not any("Down" in text for text in texts)
        dialog.reject()
