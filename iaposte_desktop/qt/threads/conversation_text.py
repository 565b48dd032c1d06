"""The mails of a thread and the replies that were sent, as one text to read.

Built through a cursor from plain text and formats; no markup is ever parsed. Anchors are our own: they fold and
unfold what was cut from a mail (`fold:<message>:<part>`).
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QLocale, Qt, QUrl
from PySide6.QtGui import (
    QColor,
    QFont,
    QResizeEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextFrameFormat,
)
from PySide6.QtWidgets import QTextEdit, QWidget

from iaposte_desktop.domain.threads import Role
from iaposte_desktop.qt.lib.foreign_text import MAX_CHARACTERS, ForeignText, visible
from iaposte_desktop.qt.lib.theme import colours
from iaposte_desktop.qt.lib.times import full_time, relative_time

if TYPE_CHECKING:
    from collections.abc import Sequence

    from iaposte_desktop.domain.threads import Attachment, Customer, Message

_READING_CHARACTERS: Final = 90
_FOLD: Final = "fold"
_QUOTED: Final = "quoted"
_SIGNATURE: Final = "signature"


class ConversationText(ForeignText):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._messages: tuple[Message, ...] = ()
        self._customer_name = ""
        self._unfolded: set[tuple[str, str]] = set()
        self.setLineWrapMode(QTextEdit.LineWrapMode.FixedPixelWidth)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.anchorClicked.connect(self._on_anchor)
        self._fit()

    def show_messages(self, messages: Sequence[Message], customer: Customer) -> None:
        """Another conversation begins at its last message; a longer one of the same keeps its place and folds."""
        name = customer.name or customer.email
        if tuple(messages) == self._messages and name == self._customer_name:
            return
        is_same = bool(self._messages) and [m.id for m in messages][: len(self._messages)] == [
            m.id for m in self._messages
        ]
        is_longer = is_same and len(messages) > len(self._messages)
        self._messages, self._customer_name = tuple(messages), name
        if not is_same:
            self._unfolded.clear()
        self._render()
        if not is_same:
            self.verticalScrollBar().setValue(0)
        if is_longer or (not is_same and len(messages) > 1):
            self._show_last()

    def clear_messages(self) -> None:
        self._messages = ()
        self.clear()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._render()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()
        super().resizeEvent(event)

    def _fit(self) -> None:
        widest = self.fontMetrics().averageCharWidth() * _READING_CHARACTERS + 48
        self.setLineWrapColumnOrWidth(min(self.viewport().width(), widest))

    def _render(self) -> None:
        bar = self.verticalScrollBar()
        at = bar.value()
        self.setUpdatesEnabled(False)
        self.clear()
        cursor = QTextCursor(self.document())
        for message in self._messages:
            _shrink(cursor)
            self._write_message(cursor, message)
        _shrink(cursor)
        self.setUpdatesEnabled(True)
        bar.setValue(at)

    def _show_last(self) -> None:
        frames = self.document().rootFrame().childFrames()
        if frames:
            top = self.document().documentLayout().frameBoundingRect(frames[-1]).top()
            self.verticalScrollBar().setValue(int(top))

    def _write_message(self, cursor: QTextCursor, message: Message) -> None:
        now = colours()
        is_ours = message.role is Role.AGENT
        frame = QTextFrameFormat()
        frame.setPadding(8)
        frame.setMargin(4)
        frame.setBorder(0)
        if is_ours:
            frame.setBackground(QColor(now.suggestion))
        cursor.insertFrame(frame)
        self._write_head(cursor, message, is_ours=is_ours)
        for warning in message.warnings:
            _block(cursor, f"⚠ {self._warning_text(warning)}", _ink(now.attention), above=4)
        _lines(cursor, message.text, _ink(now.text), above=8)
        self._write_foldable(cursor, message, _SIGNATURE, message.signature)
        self._write_foldable(cursor, message, _QUOTED, message.quoted)
        for attachment in message.attachments:
            _block(cursor, self._attachment_text(attachment), _ink(now.quiet), above=4)
        cursor.movePosition(QTextCursor.MoveOperation.End)

    def _write_head(self, cursor: QTextCursor, message: Message, *, is_ours: bool) -> None:
        now = colours()
        name = QTextCharFormat()
        name.setFontWeight(QFont.Weight.DemiBold)
        name.setForeground(QColor(now.accent if is_ours else now.text))
        headers = message.headers
        sender = (headers.sender_name or headers.sender_address) if headers else ""
        who = self.tr("↩ Your reply, sent") if is_ours else sender or self._customer_name
        cursor.insertText(visible(who or self.tr("Customer")), name)
        when = QTextCharFormat(_ink(now.quiet))
        when.setToolTip(full_time(message.created_at))
        cursor.insertText(f" · {relative_time(message.created_at, datetime.now(UTC))}", when)
        if headers is not None and headers.sender_name and headers.sender_address:
            cursor.insertText(visible(f" · {headers.sender_address}"), _ink(now.quiet))

    def _write_foldable(self, cursor: QTextCursor, message: Message, part: str, text: str) -> None:
        if not text.strip():
            return
        is_open = (message.id, part) in self._unfolded
        link = QTextCharFormat()
        link.setAnchor(True)
        link.setAnchorHref(f"{_FOLD}:{message.id}:{part}")
        link.setForeground(QColor(colours().accent))
        words = {
            (_QUOTED, False): self.tr("⋯ quoted history"),
            (_QUOTED, True): self.tr("⋯ hide quoted history"),
            (_SIGNATURE, False): self.tr("⋯ signature"),
            (_SIGNATURE, True): self.tr("⋯ hide signature"),
        }
        _block(cursor, words[part, is_open], link, above=8)
        if is_open:
            _lines(cursor, text, _ink(colours().quiet), above=4, indent=16)

    def _warning_text(self, warning: str) -> str:
        return {
            "hidden_text": self.tr("This mail carried hidden text; it was left out."),
            "remote_content": self.tr("This mail wanted to load pictures from the internet; they were not loaded."),
            "truncated": self.tr("This mail is very long; only its beginning is shown."),
        }.get(warning, visible(warning))

    def _attachment_text(self, attachment: Attachment) -> str:
        size = QLocale().formattedDataSize(attachment.bytes, 1, QLocale.DataSizeFormat.DataSizeSIFormat)
        name = visible(attachment.name).replace("\n", " ")
        return self.tr("Attachment: {0} ({1}, not kept)").format(name, size)

    def _on_anchor(self, url: QUrl) -> None:
        scheme, _, rest = url.toString().partition(":")
        message_id, _, part = rest.rpartition(":")
        if scheme == _FOLD:
            self._unfolded ^= {(message_id, part)}
            self._render()


def _shrink(cursor: QTextCursor) -> None:
    """Between two frames Qt keeps a block of its own: no more than a gap."""
    shape = QTextBlockFormat()
    shape.setLineHeight(4, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
    cursor.setBlockFormat(shape)


def _ink(colour: str) -> QTextCharFormat:
    made = QTextCharFormat()
    made.setForeground(QColor(colour))
    return made


def _block(cursor: QTextCursor, text: str, ink: QTextCharFormat, *, above: int, indent: int = 0) -> None:
    shape = QTextBlockFormat()
    shape.setTopMargin(above)
    shape.setLeftMargin(indent)
    cursor.insertBlock(shape, ink)
    cursor.insertText(text, ink)


def _lines(cursor: QTextCursor, text: str, ink: QTextCharFormat, *, above: int, indent: int = 0) -> None:
    """Each line its own block: the first one further from what stands above."""
    shown = visible(text[:MAX_CHARACTERS])
    for number, line in enumerate(shown.split("\n")):
        _block(cursor, line, ink, above=0 if number else above, indent=indent)
    if len(text) > MAX_CHARACTERS:
        _block(cursor, "…", ink, above=0, indent=indent)
