"""Parts that forms are built of: labelled fields with help and problem lines, and calm controls."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from iaposte_desktop.qt.lib.foreign_text import PlainLabel, PlainTextEdit
from iaposte_desktop.qt.lib.icons import icon
from iaposte_desktop.qt.lib.theme import colours

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent, QWheelEvent

ICON: Final = 16
_SIGNS: Final = {"failed": "circle-alert", "attention": "triangle-alert", "good": "circle-check", "": "info"}


class StatusLine(QWidget):
    """A quiet sentence with its sign: never a state by colour alone. Hidden while it has nothing to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = ""
        self._sign = QLabel(self)
        self.text = PlainLabel(parent=self)
        self.text.setWordWrap(True)
        self.text.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self.text, 1)
        self.hide()

    def say(self, text: str, state: str = "") -> None:
        """`state`: `good`, `attention`, `failed`, or nothing for a quiet remark."""
        self._state = state
        self.text.setText(text)
        self.text.setProperty("state", state)
        self.text.setProperty("role", "" if state else "quiet")
        self.text.style().unpolish(self.text)
        self.text.style().polish(self.text)
        self._make_icon()
        self.setVisible(bool(text))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._make_icon()
        super().changeEvent(event)

    def _make_icon(self) -> None:
        now = colours()
        inks = {"failed": now.failed, "attention": now.attention, "good": now.good, "": now.quiet}
        self._sign.setPixmap(icon(_SIGNS[self._state], inks[self._state]).pixmap(ICON, ICON))


class Field(QWidget):
    """A control under its label, with a line of help and, when something is wrong, a sentence below it. `beside`: a
    button at the control's right."""

    def __init__(self, control: QWidget, parent: QWidget | None = None, *, beside: QWidget | None = None) -> None:
        super().__init__(parent)
        self.control = control
        self.label = QLabel(self)
        self.label.setBuddy(control)
        self.help = QLabel(self)
        self.help.setProperty("role", "caption")
        self.help.setWordWrap(True)
        self.help.hide()
        self.problem = StatusLine(self)
        self.head = QHBoxLayout()
        self.head.setContentsMargins(0, 0, 0, 0)
        self.head.addWidget(self.label)
        self.head.addStretch()
        self.column = layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(self.head)
        if beside is None:
            layout.addWidget(control)
        else:
            row = QHBoxLayout()
            row.setSpacing(4)
            row.addWidget(control, 1)
            row.addWidget(beside)
            layout.addLayout(row)
        layout.addWidget(self.help)
        layout.addWidget(self.problem)

    def be_a_group(self) -> None:
        """The only field of its group: the label is the heading."""
        self.label.setProperty("role", "heading")

    def set_texts(self, label: str, help_text: str = "") -> None:
        self.label.setText(label)
        self.control.setAccessibleName(label.replace("&", ""))
        self.help.setText(help_text)
        self.help.setVisible(bool(help_text))
        self._describe()

    def set_problem(self, sentence: str, state: str = "failed") -> None:
        """`state` `attention`: it can be used as it is, and there is something to know."""
        self.problem.say(sentence, state)
        self._describe()

    def _describe(self) -> None:
        self.control.setAccessibleDescription(self.problem.text.text() or self.help.text())


class Choice(QComboBox):
    """A combo box that a scrolling wheel passes over: the form moves, not the value."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(16)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def choose(self, value: object) -> None:
        self.setCurrentIndex(self.findData(value))


class TextArea(PlainTextEdit):
    """Several lines of plain text, as high as the text from `least` to `most` lines. `text` keeps every character:
    toPlainText would turn non-breaking spaces into plain ones."""

    def __init__(self, least: int, most: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "field")
        self._least, self._most = least, most
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self._fit()

    def text(self) -> str:
        return self.document().toRawText().replace("\u2029", "\n").replace("\u2028", "\n")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        line = self.fontMetrics().lineSpacing()
        text_height = int(self.document().size().height())
        around = self.height() - self.viewport().height() if self.isVisible() else line
        self.setFixedHeight(min(max(text_height, self._least * line), self._most * line) + around)


def lay_out_form(dialog: QDialog, form: QWidget, *foot: QWidget) -> None:
    """A dialog whose form scrolls over a foot that stays in sight."""
    scroll = QScrollArea(dialog)
    scroll.setWidgetResizable(True)
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    scroll.setWidget(form)
    below = QVBoxLayout()
    below.setContentsMargins(16, 8, 16, 16)
    for widget in foot:
        below.addWidget(widget)
    layout = QVBoxLayout(dialog)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    layout.addWidget(scroll, 1)
    layout.addLayout(below)


def hairline(parent: QWidget) -> QWidget:
    line = QWidget(parent)
    line.setFixedHeight(1)
    line.setAutoFillBackground(True)
    line.setBackgroundRole(QPalette.ColorRole.Mid)
    return line


def short_line(parent: QWidget) -> QLineEdit:
    """For a number."""
    edit = QLineEdit(parent)
    edit.setMaximumWidth(edit.fontMetrics().averageCharWidth() * 22)
    return edit
