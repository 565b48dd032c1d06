"""A folder of everything, as somebody new would try it: dropped, explained, searched, opened at its page, cited, and
replaced by a newer version."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from iaposte_desktop.application.templates import Template, settings_of
from iaposte_desktop.domain.assistants import DEFAULT_MODEL
from iaposte_desktop.domain.citations import CitationMatch
from iaposte_desktop.domain.ports.vector_stores import StoreDetails
from iaposte_desktop.domain.runs import RunStatus
from iaposte_desktop.qt.vector_stores.preflight_dialog import PreflightDialog
from tests.e2e.test_window import ALT, CONTROL, drop
from tests.qt.until import until
from tests.qt.windows import in_window, open_window
from tests.unit.engine.made_files import pdf

if TYPE_CHECKING:
    from iaposte_desktop.qt.live import OpenWindow

pytestmark = pytest.mark.timeout(300)

SCRIPT = Path(__file__).parents[2] / "packaging" / "make_folder.py"
SENTENCE = "The green switch of model Vesper resets the timer to 17 minutes."
"""On page 17 of the manual, and nowhere else."""
MANUAL = "bad-duplicate-of-manual.pdf"
"""The first of two equal ones by name is kept."""
QUESTION = "How many minutes does the green switch of model Vesper reset the timer to?"
MAIL = f"From: Ann <ann@example.com>\nTo: shop@example.com\nSubject: Vesper\nMessage-ID: <1@x>\n\n{QUESTION}\n"


async def asked(opened: OpenWindow, *paths: Path) -> PreflightDialog:
    """Drop them on the files of the chosen store, and wait until all were looked at."""
    view = opened.vector_stores.view
    drop(view.files, *paths)
    await until(lambda: bool(view.findChildren(PreflightDialog)), seconds=10)
    (dialog,) = view.findChildren(PreflightDialog)
    await until(dialog.add.isEnabled, seconds=120)
    return dialog


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "folder"
    subprocess.run([sys.executable, str(SCRIPT), str(made)], check=True, capture_output=True)
    return made


@in_window
async def test_a_folder_of_three_hundred_files(tmp_path: Path, folder: Path) -> None:
    async with open_window(tmp_path / "profile") as opened:
        program, call, view = opened.program, opened.runtime.call, opened.vector_stores.view
        opened.window.tabs.setCurrentWidget(view)
        store = await call(program.knowledge.create(StoreDetails("Folder")))
        view.stores.select(store.id)
        await until(lambda: opened.vector_stores.view.stores.selected == store.id)

        dialog = await asked(opened, folder)
        assert {candidate.report.path.name for candidate in dialog.candidates if candidate.report.error} == {
            "bad-empty.txt",
            "bad-encrypted.docx",
            "bad-encrypted.pdf",
            "bad-scanned.pdf",
            "bad-truncated.docx",
        }
        assert dialog.summary.text().startswith("294 files will be added · 5 cannot be read · 1 already there")
        QTest.keyClick(dialog.add, Qt.Key.Key_Return)
        await until(lambda: view.stores.selected == store.id and not view.findChildren(PreflightDialog), seconds=10)

        board = program.board
        await until(lambda: any(task.total == 294 and task.is_over for task in board.list()), seconds=120)
        assert (await call(program.knowledge.retrieve(store.id))).counts.completed == 294

        query = view.side.search.query
        query.setFocus()
        QTest.keyClicks(query, "green switch Vesper")
        QTest.keyClick(query, Qt.Key.Key_Return)
        await until(lambda: bool(view.side.search.model.passages()), seconds=20)
        best = view.side.search.model.passages()[0]
        assert (best.file_name, best.anchor.page) == (MANUAL, 17)
        opened.vector_stores.sources.open_passage(best)
        viewer = opened.vector_stores.sources.viewer
        await until(lambda: viewer.isVisible() and viewer.pages.view.page is not None, seconds=30)
        assert viewer.pages.page.number == 17
        assert viewer.pages.view.mark_rectangles()
        viewer.close()
        opened.window.activateWindow()
        await until(opened.window.isActiveWindow)

        settings = settings_of(Template.EMAIL_REPLY, "en", DEFAULT_MODEL)
        await call(program.assistants.create(replace(settings, vector_store_ids=(store.id,))))
        mail = tmp_path / "question.eml"
        mail.write_text(MAIL, "utf-8")
        opened.window.tabs.setCurrentWidget(opened.threads.view)
        drop(opened.threads.view, mail)
        await until(lambda: opened.threads.view.conversation.subject.text() == "Vesper")
        QTest.keyClick(opened.threads.view, Qt.Key.Key_Return, CONTROL)
        draft = opened.threads.view.draft
        await until(lambda: draft.suggestion.isVisible() and draft.suggestion.accept.isEnabled(), seconds=30)
        (run,) = (await call(program.threads.open(opened.threads.session.thread_id))).runs
        assert run.status is RunStatus.COMPLETED
        assert "17 minutes" in run.text
        cited = [(run.source(c.source), c.match) for c in run.citations]
        assert (MANUAL, 17, CitationMatch.EXACT) in {
            (source.passage.file_name, source.passage.anchor.page, match) for source, match in cited if source
        }
        QTest.keyClick(opened.threads.view, Qt.Key.Key_Return, ALT)
        await until(lambda: draft.editor.text() == run.text)
        assert not draft.source_notice.isVisible()

        newer = folder / MANUAL
        pages = [[f"Page {number} of the Vesper manual."] for number in range(1, 31)]
        pages[16].append(SENTENCE.replace("17 minutes", "20 minutes"))
        newer.write_bytes(pdf(*pages))
        await call(program.knowledge.upload(store.id, [newer], replaces=best.file_id))
        await until(draft.source_notice.isVisible, seconds=20)
        assert MANUAL in draft.source_notice.text.toPlainText()
        assert "has changed" in draft.source_notice.text.toPlainText()
