"""Threads in and out, the keys, and what a screen reader is told."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QTextEdit

from iaposte_desktop.domain.threads import ThreadStatus
from iaposte_desktop.qt.lib.empty_state import EmptyState
from iaposte_desktop.qt.lib.language import use_language
from iaposte_desktop.qt.threads.dialogs import PasteDialog
from iaposte_desktop.qt.threads.view import ThreadsView
from tests.qt.threads.tab import Tab, with_tab
from tests.qt.until import until


@with_tab
async def test_dropped_mails_become_threads_and_the_refused_are_told_one_by_one(tab: Tab) -> None:
    good = [tab.mail("Refund"), tab.mail("Delivery", address="john@example.org")]
    empty, absent = tab.folder / "empty.eml", tab.folder / "absent.eml"
    empty.write_bytes(b"")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in (good[0], empty, absent, good[1])])
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(5, 5), Qt.DropAction.CopyAction, data, left, none)
    QApplication.sendEvent(tab.view, enter)
    assert enter.isAccepted()
    assert tab.view._drop_hint.isVisible()
    QApplication.sendEvent(tab.view, QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, left, none))
    assert not tab.view._drop_hint.isVisible()
    await until(lambda: tab.view.list.model.rowCount() == 3)
    await until(lambda: tab.view.list.notice.isVisible())
    told = tab.view.list.notice.text.toPlainText()
    assert "empty.eml: " in told
    assert "absent.eml: " in told
    assert tab.view.conversation.subject.text() in ("Refund", "")
    await until(lambda: tab.view.conversation.subject.text() == "Refund")


@with_tab
async def test_the_same_mail_twice_is_one_thread(tab: Tab) -> None:
    path = tab.mail("Refund")
    tab.controller.import_paths([path])
    await until(lambda: tab.view.list.model.rowCount() == 2)
    tab.controller.import_paths([path])
    await until(lambda: any("already" in text for text in tab.toasts.texts))
    assert tab.view.list.model.rowCount() == 2


@with_tab
async def test_a_pasted_mail_becomes_a_thread_of_its_sender(tab: Tab) -> None:
    QApplication.clipboard().setText("Hello,\nwhere is my parcel?")
    tab.view.paste_mail()
    dialog = tab.view.findChild(PasteDialog)
    assert isinstance(dialog, PasteDialog)
    assert dialog.text.toPlainText().startswith("Hello")
    dialog.name.setText("Claire Martin")
    dialog.address.setText("claire@example.org")
    dialog.ok.click()
    await until(lambda: "Claire Martin" in tab.view.conversation.customer.text())
    assert "where is my parcel?" in tab.view.conversation.text.toPlainText()


@with_tab
async def test_quoted_history_is_folded_and_opens(tab: Tab) -> None:
    quoted = "New question?\n\nOn Mon, 2 Nov 2026, Shop <s@example.org> wrote:\n> The earlier answer"
    await tab.opened("One", quoted)
    text = tab.view.conversation.text
    assert "The earlier answer" not in text.toPlainText()
    assert "⋯ quoted history" in text.toPlainText()
    text.setFocus()
    QTest.keyClick(text, Qt.Key.Key_Tab)
    QTest.keyClick(text, Qt.Key.Key_Return)
    assert "The earlier answer" in text.toPlainText()


@with_tab
async def test_markup_in_a_mail_is_shown_as_it_is(tab: Tab) -> None:
    await tab.opened("<b>Bold</b>", "<img src='file:///etc/passwd'> <b>Hello</b>")
    assert "<img src='file:///etc/passwd'>" in tab.view.conversation.text.toPlainText()
    assert tab.view.conversation.subject.text() == "<b>Bold</b>"


@with_tab
async def test_keys_go_to_the_next_thread_the_filter_and_the_panes(tab: Tab) -> None:
    older, newer = await tab.thread("Older"), await tab.thread("Newer")
    view, session = tab.view, tab.controller.session
    QTest.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert session.thread_id == newer
    QTest.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert session.thread_id == older
    QTest.keyClick(view, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert session.thread_id == newer
    QTest.keyClick(view, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert view.list.filter.hasFocus()
    QTest.keyClicks(view.list.filter, "older")
    assert view.list.model.rowCount() == 2
    QTest.keyClick(view.list.filter, Qt.Key.Key_Escape)
    assert view.list.filter.text() == ""
    for at, (key, modifier) in enumerate(
        (
            (Qt.Key.Key_F7, Qt.KeyboardModifier.NoModifier),
            (Qt.Key.Key_F8, Qt.KeyboardModifier.NoModifier),
            (Qt.Key.Key_F9, Qt.KeyboardModifier.NoModifier),
            (Qt.Key.Key_F9, Qt.KeyboardModifier.ShiftModifier),
        )
    ):
        QTest.keyClick(view, key, modifier)
        assert view.side.currentIndex() == at
    order = [view.list.list, view.conversation.text, view.draft.editor, view.side.tabBar()]
    for target in order:
        QTest.keyClick(view, Qt.Key.Key_F6)
        assert target.hasFocus()


@with_tab
async def test_sections_fold_with_the_keyboard(tab: Tab) -> None:
    thread_id = await tab.thread("One")
    await tab.runtime.call(tab.program.threads.set_status(thread_id, ThreadStatus.CLOSED))
    model, rows = tab.view.list.model, tab.view.list.list
    await until(lambda: model.rowCount() == 1)
    rows.setFocus()
    rows.setCurrentIndex(model.index(0))
    QTest.keyClick(rows, Qt.Key.Key_Right)
    assert model.rowCount() == 2
    QTest.keyClick(rows, Qt.Key.Key_Down)
    assert tab.controller.session.thread_id == thread_id


@with_tab
async def test_a_deleted_thread_comes_back_with_undo(tab: Tab) -> None:
    await tab.thread("Other")
    thread_id = await tab.opened("One")
    tab.type("Half a reply")
    tab.view.conversation.delete.trigger()
    await until(lambda: tab.toasts.action is not None)
    await until(lambda: not tab.view.list.model.index_of(thread_id).isValid())
    await until(lambda: tab.view.conversation.subject.text() == "Other")
    assert tab.toasts.action is not None
    tab.toasts.action()
    await until(lambda: tab.view.list.model.index_of(thread_id).isValid())
    assert await tab.stored(thread_id) == "Half a reply"


@with_tab
async def test_state_language_and_name_are_kept(tab: Tab) -> None:
    thread_id = await tab.opened("One")
    tab.view.conversation._statuses[ThreadStatus.CLOSED].trigger()
    await until(lambda: tab.view.conversation.status.text() == "Closed")
    tab.view.draft.strip.language.setCurrentIndex(1)
    tab.view.draft.strip.language.activated.emit(1)
    tab.view.conversation.rename.trigger()
    dialog = tab.view.findChildren(QLineEdit)[-1]
    dialog.setText("A better name")
    dialog.window().accept()  # type: ignore[attr-defined]  # The dialog of the field.
    await until(lambda: tab.view.conversation.subject.text() == "A better name")
    opened = await tab.runtime.call(tab.program.threads.open(thread_id))
    assert opened.thread.reply_language == "fr"
    assert opened.thread.status is ThreadStatus.CLOSED


@with_tab
async def test_notes_on_the_customer_are_saved_and_other_threads_open(tab: Tab) -> None:
    other = await tab.thread("Earlier matter")
    thread_id = await tab.opened("One")
    pane = tab.view.side.customer
    QTest.keyClicks(pane.notes, "prefers mornings")
    await until(lambda: pane.saving.text() == "saved")
    opened = await tab.runtime.call(tab.program.threads.open(thread_id))
    assert opened.customer.notes.startswith("p")
    await tab.controller.flush()
    opened = await tab.runtime.call(tab.program.threads.open(thread_id))
    assert opened.customer.notes == "prefers mornings"
    assert "Earlier matter" in pane.past.model().index(0, 0).data()
    pane.past.doubleClicked.emit(pane.past.model().index(0, 0))
    await until(lambda: tab.view.conversation.subject.text() == "Earlier matter")
    assert tab.controller.session.thread_id == other


@with_tab
async def test_every_control_has_a_name_and_language_switches_in_place(tab: Tab) -> None:
    await tab.opened("One")
    for language in ("en", "fr"):
        use_language(language)
        controls = [
            control
            for kind in (QAbstractButton, QComboBox, QLineEdit, QTextEdit)
            for control in tab.view.findChildren(kind)
            if not control.objectName().startswith(("qt_", "ScrollLeftButton", "ScrollRightButton"))
            # The button of an empty state that offers none.
            and not (control.isHidden() and isinstance(control.parent(), EmptyState))
        ]
        assert len(controls) > 20
        nameless = [
            control
            for control in controls
            if not control.accessibleName()
            and not getattr(control, "text", lambda: "")()
            # Parts of Qt's own widgets: the clear button of a field, the arrows of a tab bar.
            and "QLineEditIconButton" not in control.metaObject().className()
        ]
        assert nameless == []


def test_before_the_program_is_open_the_tab_is_calm(qapp: QApplication) -> None:
    view = ThreadsView()
    view.show()
    assert not view.isEnabled()
    assert view.welcome.title.text() == "Drop a mail here"
    assert view.save_state()["threads.thread"] == ""
    view.close()
    view.deleteLater()
