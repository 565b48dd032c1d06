"""The tab over a real program, without the rest of the window."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from iaposte_desktop.domain.ports.vector_stores import StoreDetails
from iaposte_desktop.launch import session
from iaposte_desktop.platform.paths import Profile
from iaposte_desktop.qt.runtime import Runtime
from iaposte_desktop.qt.vector_stores.controller import VectorStoresController
from iaposte_desktop.qt.vector_stores.preflight_dialog import PreflightDialog
from iaposte_desktop.qt.vector_stores.view import VectorStoresView
from tests.qt.loop import run_to_end
from tests.qt.toasts import Toasts
from tests.qt.until import until

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Coroutine, Mapping
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

    from iaposte_desktop.application.program import Program
    from iaposte_desktop.domain.knowledge import VectorStore


@dataclass(frozen=True, slots=True)
class Tab:
    """`folder` is a place for the user's own files."""

    view: VectorStoresView
    controller: VectorStoresController
    runtime: Runtime
    program: Program
    toasts: Toasts
    failures: list[str]
    folder: Path

    def file(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    async def store(self, name: str = "Terms") -> VectorStore:
        """A new one, listed and chosen."""
        made = await self.runtime.call(self.program.knowledge.create(StoreDetails(name)))
        self.view.stores.select(made.id)
        await until(lambda: self.view.stores.selected == made.id)
        return made

    async def added(self, *paths: Path) -> None:
        """Added as by a user who agrees to what is found good, and told about."""
        before = len(self.toasts.texts)
        self.controller.add_paths(paths)
        await until(lambda: len(self.toasts.texts) > before or self.can_agree())
        if len(self.toasts.texts) == before:
            self.looks()[0].add.click()
        await until(lambda: len(self.toasts.texts) > before)
        await until(lambda: self.view.files.table.files.rowCount() >= len(paths))

    async def uploaded(self, *paths: Path) -> None:
        """Added whatever they are, as by the command line."""
        store_id = self.view.stores.selected
        await self.runtime.call(self.program.knowledge.upload(store_id, paths))
        await until(lambda: self.view.files.table.files.rowCount() >= len(paths))

    def looks(self) -> list[PreflightDialog]:
        """Those that ask before files are added."""
        return [look for look in self.view.findChildren(PreflightDialog) if look.isVisible()]

    def can_agree(self) -> bool:
        return any(look.add.isEnabled() for look in self.looks())

    def states(self) -> dict[str, str]:
        """What the table says: name → state, in the order it is shown."""
        model = self.view.files.table.model()
        return {model.index(row, 0).data(): model.index(row, 1).data() for row in range(model.rowCount())}

    def choose(self, name: str) -> None:
        model = self.view.files.table.model()
        row = next(row for row in range(model.rowCount()) if model.index(row, 0).data() == name)
        self.view.files.table.setCurrentIndex(model.index(row, 0))


@asynccontextmanager
async def open_tab(folder: Path, state: Mapping[str, str] | None = None) -> AsyncIterator[Tab]:
    with session(Profile.at(folder / "profile")) as held:
        view, runtime, toasts = VectorStoresView(), Runtime(), Toasts()
        view.resize(1280, 640)
        view.show()
        runtime.start()
        program = await runtime.call(held.open_program())
        program.changes.subscribe(runtime.post)
        await runtime.call(program.recover())
        view.restore_state(state or {})
        controller = VectorStoresController(
            view,
            runtime,
            knowledge=program.knowledge,
            preflight=program.preflight,
            folders=program.folders,
            search_tests=program.search_tests,
            health=program.health,
            sources=program.sources,
            archiving=program.archiving,
            copying=program.copying,
            connections=program.connections,
            synonyms=program.synonyms,
            meaning=program.meaning,
            board=program.board,
            settings=held.settings,
            notify=toasts.show,
        )
        tab = Tab(view, controller, runtime, program, toasts, [], folder / "desk")
        controller.failed.connect(tab.failures.append)
        try:
            yield tab
        finally:
            await controller.aclose()
            await runtime.call(program.aclose())
            runtime.stop()
            view.close()
            view.deleteLater()


def with_tab(test: Callable[[Tab], Coroutine[Any, Any, None]]) -> Callable[..., None]:
    """A test on the window's loop, with the tab open; nothing may have failed in the end unless the test says so by
    clearing `failures`."""

    def run(tmp_path: Path, qapp: QApplication) -> None:
        async def main() -> None:
            async with open_tab(tmp_path) as tab:
                await test(tab)
                assert tab.failures == []

        run_to_end(qapp, main)

    return run
