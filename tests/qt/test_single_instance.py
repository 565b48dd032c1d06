"""A second start and the first window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from iaposte_desktop.qt.shell.single_instance import listen, raise_other
from tests.qt.until import until
from tests.qt.windows import in_window, open_window

if TYPE_CHECKING:
    from pathlib import Path


@in_window
async def test_a_second_start_brings_the_first_window_to_the_front(tmp_path: Path) -> None:
    async with open_window(tmp_path / "profile") as opened:
        raised: list[bool] = []
        server = listen(tmp_path / "lock", lambda: raised.append(True), opened.window)
        opened.window.showMinimized()
        server.newConnection.connect(opened.window.bring_to_front)
        assert raise_other(tmp_path / "lock")
        await until(lambda: raised)
        await until(lambda: not opened.window.isMinimized())


@in_window
async def test_nobody_listens_where_no_window_is_open(tmp_path: Path) -> None:
    assert not raise_other(tmp_path / "lock")


@in_window
async def test_what_a_killed_program_left_does_not_keep_the_next_from_listening(tmp_path: Path) -> None:
    first, second = QObject(), QObject()
    listen(tmp_path / "lock", lambda: None, first)
    heard: list[bool] = []
    listen(tmp_path / "lock", lambda: heard.append(True), second)
    assert raise_other(tmp_path / "lock")
    await until(lambda: heard)
