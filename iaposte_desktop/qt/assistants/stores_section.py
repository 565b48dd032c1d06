from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from iaposte_desktop.qt.assistants.section import Section
from iaposte_desktop.qt.lib.counts import COUNTS
from iaposte_desktop.qt.lib.fields import StatusLine
from iaposte_desktop.qt.lib.foreign_text import visible
from iaposte_desktop.qt.lib.icons import icon

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from iaposte_desktop.domain.assistants import AssistantSettings
    from iaposte_desktop.domain.knowledge import VectorStore


class StoresSection(Section):
    """A check for each store. One that is not listed keeps its row, which says so, until it is removed.
    `rebuilt`: there are other checks now."""

    rebuilt = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.checks: dict[str, QCheckBox] = {}
        self.missing: dict[str, _MissingStore] = {}
        self._stores: tuple[VectorStore, ...] | None = None
        self._servers: Mapping[str, str] = {}
        self._loaded: tuple[str, ...] = ()
        self.column.setSpacing(8)
        self.hint = QLabel(self)
        self.hint.setProperty("role", "caption")
        self.hint.setWordWrap(True)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(4)
        self.column.addWidget(self.hint)
        self.column.addLayout(self._rows)
        self.retranslate()

    def set_stores(self, stores: Sequence[VectorStore], servers: Mapping[str, str]) -> None:
        """`servers`: by provider, the names of the connections that may keep stores."""
        chosen = self._chosen()
        self._stores, self._servers = tuple(stores), servers
        self._build(chosen)

    def controls(self) -> list[QWidget]:
        return [*self.checks.values(), *(row.remove for row in self.missing.values())]

    def show_settings(self, settings: AssistantSettings) -> None:
        self._loaded = settings.vector_store_ids
        self._build(self._loaded)

    def applied_to(self, settings: AssistantSettings) -> AssistantSettings:
        return replace(settings, vector_store_ids=self._chosen())

    def retranslate(self) -> None:
        self.heading.setText(self.tr("Vector stores"))
        has_stores = self._stores is None or bool(self._stores)
        self.hint.setText(
            self.tr("Replies are drawn from the files of the stores checked here, and quote them.")
            if has_stores
            else self.tr("There is no store yet: make one in the Vector stores tab, and check it here.")
        )
        for store in self._stores or ():
            self.checks[store.id].setText(self._store_text(store))

    def _chosen(self) -> tuple[str, ...]:
        """In the order they were loaded in, so that checking and unchecking changes nothing; then those added."""
        if self._stores is None:
            return self._loaded
        held = [store_id for store_id, check in self.checks.items() if check.isChecked()] + list(self.missing)
        kept = [store_id for store_id in self._loaded if store_id in held]
        return (*kept, *(store_id for store_id in held if store_id not in kept))

    def _build(self, chosen: Sequence[str]) -> None:
        had_focus = next((store_id for store_id, check in self.checks.items() if check.hasFocus()), None)
        for widget in (*self.checks.values(), *self.missing.values()):
            self._rows.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self.checks, self.missing = {}, {}
        for store in self._stores or ():
            self._add_check(store, store.id in chosen)
        if self._stores is not None:
            for store_id in chosen:
                if store_id not in self.checks:
                    self._add_missing(store_id)
        if had_focus in self.checks:
            self.checks[had_focus].setFocus()
        self.retranslate()
        self.rebuilt.emit()

    def _add_check(self, store: VectorStore, is_checked: bool) -> None:
        check = QCheckBox(self)
        check.setChecked(is_checked)
        check.toggled.connect(self.changed)
        self.checks[store.id] = check
        self._rows.addWidget(check)

    def _add_missing(self, store_id: str) -> None:
        row = _MissingStore(store_id, self, may_be_at_server=bool(self._servers))
        row.remove.clicked.connect(lambda: self._on_removed(store_id))
        self.missing[store_id] = row
        self._rows.addWidget(row)

    def _on_removed(self, store_id: str) -> None:
        row = self.missing.pop(store_id)
        self._rows.removeWidget(row)
        row.hide()
        row.deleteLater()
        self.changed.emit()

    def _store_text(self, store: VectorStore) -> str:
        parts = [visible(store.name).replace("&", "&&"), COUNTS.files(store.counts.total)]
        if server := self._servers.get(store.provider):
            parts.append(self.tr("at {0}").format(visible(server).replace("&", "&&")))
        if store.is_internal:
            parts.append(self.tr("internal: not quoted to customers"))
        return " · ".join(parts)


class _MissingStore(QWidget):
    def __init__(self, store_id: str, parent: QWidget, *, may_be_at_server: bool) -> None:
        super().__init__(parent)
        self._store_id = store_id
        self._may_be_at_server = may_be_at_server
        self.text = StatusLine(self)
        self.remove = QPushButton(self)
        self.remove.setAutoDefault(False)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.text, 1, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self.remove)
        self.retranslate()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self.remove.setIcon(icon("x"))
        super().changeEvent(event)

    def retranslate(self) -> None:
        if self._may_be_at_server:
            text = self.tr("{0}: not listed now; it was deleted, or its server does not answer")
        else:
            text = self.tr("{0}: no longer there")
        self.text.say(text.format(self._store_id), "attention")
        self.remove.setText(self.tr("Remove"))
        self.remove.setAccessibleName(self.tr("Remove {0}").format(self._store_id))
        self.remove.setIcon(icon("x"))
