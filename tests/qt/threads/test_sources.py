"""Sources of a draft on the screen: opened at their page, and told of when their files change."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from iaposte_desktop.application.templates import Template
from iaposte_desktop.domain.citations import Citation, CitationMatch, Source
from iaposte_desktop.domain.knowledge import FileStatus
from iaposte_desktop.domain.ports.vector_stores import StoreDetails
from iaposte_desktop.qt.threads.source_card import SourceCard
from tests.qt.threads.made import passage
from tests.qt.threads.tab import Tab, with_tab
from tests.qt.until import until
from tests.unit.engine.made_files import pdf

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from iaposte_desktop.domain.knowledge import VectorStoreFile

REFUND = "A refund reaches your account within five working days of the return."


async def added(tab: Tab, store_id: str, content: bytes, name: str = "terms.pdf", replaces: str | None = None) -> None:
    path: Path = tab.folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    await tab.runtime.call(tab.program.knowledge.upload(store_id, [path], replaces=replaces))


async def only_file(tab: Tab, store_id: str) -> VectorStoreFile:
    (file,) = await tab.runtime.call(tab.program.knowledge.files(store_id))
    assert file.status is FileStatus.COMPLETED, file.error
    return file


async def drafted(tab: Tab) -> str:
    """A draft that cites page 2 of `terms.pdf`; the id of the store."""
    store = await tab.runtime.call(tab.program.knowledge.create(StoreDetails("Terms")))
    await added(tab, store.id, pdf(["General terms of the shop."], [REFUND], ["Imprint and address."]))
    assistant = await tab.runtime.call(tab.program.assistants.create_from_template(Template.EMAIL_REPLY, "en"))
    settings = replace(assistant.version.settings, vector_store_ids=(store.id,))
    await tab.runtime.call(tab.program.assistants.save_version(assistant.id, settings))
    await tab.opened("Refund", "Hello,\n\nWhen does the refund reach my account?\n\nClaire")
    QTest.keyClick(tab.view.draft.editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    await until(lambda: tab.view.draft.suggestion.accept.isEnabled())
    return store.id


@with_tab
async def test_a_pdf_opens_at_its_page_with_the_words_marked(tab: Tab) -> None:
    await drafted(tab)
    card = tab.view.side.sources.cards[1]
    assert card.where.text() == "[1] terms.pdf · p. 2"
    card.setFocus()
    QTest.keyClick(card, Qt.Key.Key_Return)
    viewer = tab.controller.sources.viewer
    await until(lambda: viewer.isVisible() and viewer.pages.page is not None)
    page = viewer.pages.page
    assert page is not None
    assert (page.number, page.pages) == (2, 3)
    assert viewer.place.text() == "Page 2 of 3"
    assert len(viewer.pages.view.mark_rectangles()) == 1
    assert viewer.pages.view.accessibleName() == f"Page 2 of 3 of terms.pdf, marked: “{REFUND}”"
    assert not viewer.note.isVisible()
    viewer.close()


@with_tab
async def test_a_marker_leads_to_its_card_and_with_ctrl_to_its_page(tab: Tab) -> None:
    await drafted(tab)
    text = tab.view.draft.suggestion.text
    cursor = text.document().find("[1]")
    cursor.setPosition(cursor.selectionStart() + 1)
    place = text.cursorRect(cursor).center()
    QTest.mouseClick(text.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    viewer = tab.controller.sources.viewer
    assert not viewer.isVisible()
    QTest.mouseClick(text.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier, place)
    await until(lambda: viewer.pages.page is not None)
    assert viewer.place.text() == "Page 2 of 3"
    viewer.close()


@with_tab
async def test_a_page_that_cannot_be_drawn_leaves_the_text(tab: Tab) -> None:
    store_id = await drafted(tab)
    file = await only_file(tab, store_id)
    original = await tab.runtime.call(tab.program.knowledge.original(store_id, file.id))
    assert original is not None
    original.write_bytes(b"%PDF-1.7 torn")
    tab.view.side.sources.cards[1].open.click()
    viewer = tab.controller.sources.viewer
    await until(lambda: viewer.note.isVisible())
    assert viewer.note.text.text().startswith("The page cannot be shown, this is its text.")
    assert viewer.text.isVisible()
    assert REFUND in viewer.text.toPlainText()
    assert not viewer.as_page.isVisible()
    viewer.close()


@pytest.mark.parametrize(
    ("newer", "told", "noted"),
    [
        (
            pdf(["A new preface."], ["General terms."], [f"{REFUND} No more."]),
            "the quote is still there.",
            "still there",
        ),
        (pdf([REFUND.replace("five", "ten")]), "the quote has changed.", "says this otherwise"),
        (pdf(["We are closed for good and nothing is taken back."]), "the quote is gone.", "is gone from it"),
    ],
)
def test_a_file_that_was_replaced(request: pytest.FixtureRequest, newer: bytes, told: str, noted: str) -> None:
    @with_tab
    async def run(tab: Tab) -> None:
        store_id = await drafted(tab)
        notice = tab.view.draft.source_notice
        assert not notice.isVisible()
        await added(tab, store_id, newer, replaces=(await only_file(tab, store_id)).id)
        await until(notice.isVisible)
        assert notice.title.text() == "A source of this draft has changed"
        sentence = notice.text.toPlainText()
        assert sentence.startswith("[1] terms.pdf was replaced by a newer version on ")
        assert sentence.endswith(told)
        card = tab.view.side.sources.cards[1]
        assert card.change.text.text().endswith(told)
        card.open.click()
        viewer = tab.controller.sources.viewer
        await until(lambda: viewer.isVisible() and viewer.pages.page is not None)
        assert noted in viewer.note.text.text()
        viewer.close()

    run(request.getfixturevalue("tmp_path"), request.getfixturevalue("qapp"))


@with_tab
async def test_a_file_that_was_removed_is_told_and_a_new_draft_is_offered(tab: Tab) -> None:
    store_id = await drafted(tab)
    file = await only_file(tab, store_id)
    await tab.runtime.call(tab.program.knowledge.remove_files(store_id, [file.id]))
    notice = tab.view.draft.source_notice
    await until(notice.isVisible)
    assert notice.text.toPlainText() == "[1] terms.pdf was removed from its store."
    notice.draft_again.setFocus()
    QTest.keyClick(notice.draft_again, Qt.Key.Key_Space)
    await until(tab.controller.watch.running)
    await until(lambda: not notice.isVisible())


@with_tab
async def test_a_closed_notice_stays_closed_until_something_else_changes(tab: Tab) -> None:
    store_id = await drafted(tab)
    notice = tab.view.draft.source_notice
    await added(tab, store_id, pdf([REFUND], ["More."]), replaces=(await only_file(tab, store_id)).id)
    await until(notice.isVisible)
    notice.dismiss.click()
    await added(tab, store_id, b"Something else", name="other.txt")
    await until(lambda: not tab.controller.scope.is_running("look at sources"))
    assert not notice.isVisible()
    newer = next(f for f in await tab.runtime.call(tab.program.knowledge.files(store_id)) if f.name == "terms.pdf")
    await tab.runtime.call(tab.program.knowledge.remove_files(store_id, [newer.id]))
    await until(notice.isVisible)


@with_tab
async def test_it_is_told_when_the_thread_is_opened_again(tab: Tab) -> None:
    store_id = await drafted(tab)
    own = tab.controller.session.thread_id
    assert own is not None
    await tab.opened("Another")
    file = await only_file(tab, store_id)
    await tab.runtime.call(tab.program.knowledge.remove_files(store_id, [file.id]))
    await until(lambda: not tab.controller.scope.is_running("look at sources"))
    assert not tab.view.draft.source_notice.isVisible()
    await tab.controller.show_thread(own)
    await until(tab.view.draft.source_notice.isVisible)


def test_an_approximate_quote_is_shown_with_what_the_file_says(qtbot: QtBot) -> None:
    card = SourceCard(Source(1, passage()))
    qtbot.addWidget(card)
    card.show_citations(
        (Citation(1, "Refunds take 15 days.", 0, CitationMatch.APPROXIMATE, 0, 20, None, "Refunds take 5 days."),)
    )
    assert card.match.text() == "approximate"
    assert card.quote.text() == "“Refunds take 15 days.”"
    assert card.found.text() == "in the file: “Refunds take 5 days.”"
    assert card.difference.text.text() == "15 → 5"
