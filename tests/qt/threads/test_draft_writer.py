"""What is written to drafts: in order, into the right thread, and never lost to a failed save."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from PySide6.QtWidgets import QApplication

from iaposte_desktop.application.task_scope import TaskScope
from iaposte_desktop.domain.errors import DiskFull, NotFound
from iaposte_desktop.qt.threads.draft_writer import DraftWriter, SaveState


class Shelf:
    """A workspace that can be slow, full, or without the thread."""

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}
        self.log: list[tuple[str, str]] = []
        self.open = asyncio.Event()
        self.open.set()
        self.error: Exception | None = None

    async def load(self, thread_id: str) -> str:
        return self.texts.get(thread_id, "")

    async def save(self, thread_id: str, text: str) -> None:
        await self.open.wait()
        if self.error is not None:
            raise self.error
        self.texts[thread_id] = text
        self.log.append((thread_id, text))

    async def act(self, word: str) -> str:
        self.log.append(("act", word))
        return word


@pytest.fixture
async def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
async def writer(qapp: QApplication, shelf: Shelf) -> AsyncIterator[DraftWriter]:
    errors: list[BaseException] = []
    scope = TaskScope(lambda _, error: errors.append(error))
    yield DraftWriter(shelf.load, shelf.save, scope)
    await scope.aclose()
    assert errors == []


async def test_texts_of_a_thread_are_saved_in_order_and_the_waiting_one_gives_way(
    writer: DraftWriter, shelf: Shelf
) -> None:
    shelf.open.clear()
    writer.put("a", "H")
    await asyncio.sleep(0)
    writer.put("a", "He")
    writer.put("a", "Hello")
    writer.put("b", "Other")
    shelf.open.set()
    assert await writer.flush()
    assert [text for thread, text in shelf.log if thread == "a"] == ["H", "Hello"]
    assert shelf.texts == {"a": "Hello", "b": "Other"}


async def test_an_act_comes_after_what_was_typed_before_and_before_what_is_typed_after(
    writer: DraftWriter, shelf: Shelf
) -> None:
    shelf.open.clear()
    writer.put("a", "old")
    acting = asyncio.ensure_future(writer.act("a", lambda: shelf.act("accept")))
    await asyncio.sleep(0)
    writer.put("a", "new")
    shelf.open.set()
    assert await acting == "accept"
    assert await writer.flush()
    assert shelf.log == [("a", "old"), ("act", "accept"), ("a", "new")]


async def test_a_failed_save_keeps_the_text_says_why_and_is_tried_again(writer: DraftWriter, shelf: Shelf) -> None:
    told: list[tuple[SaveState, object]] = []
    writer.state_changed.connect(lambda _, state, error: told.append((state, error)))
    shelf.error = DiskFull()
    writer.put("a", "Hello")
    assert not await writer.flush()
    assert told == [(SaveState.SAVING, None), (SaveState.FAILED, shelf.error)]
    assert writer.latest("a", "stored") == "Hello"
    writer.put("a", "Hello you")
    shelf.error = None
    assert await writer.flush()
    assert shelf.log == [("a", "Hello you")]
    assert told[-1] == (SaveState.SAVED, None)


async def test_a_thread_that_fails_does_not_hold_up_another(writer: DraftWriter, shelf: Shelf) -> None:
    shelf.error = DiskFull()
    writer.put("a", "one")
    assert not await writer.flush("a")
    shelf.error = None
    writer.put("b", "two")
    assert await writer.flush("b")
    assert shelf.texts == {"b": "two"}
    assert await writer.flush()
    assert shelf.texts == {"a": "one", "b": "two"}


async def test_a_thread_that_is_gone_is_not_tried_for_ever(writer: DraftWriter, shelf: Shelf) -> None:
    shelf.error = NotFound("a")
    writer.put("a", "text")
    assert await writer.flush()


async def test_what_was_typed_before_the_stored_text_was_known_goes_below_it(writer: DraftWriter, shelf: Shelf) -> None:
    shelf.texts["a"] = "Dear Claire,"
    writer.put_below("a", "typed early")
    assert writer.latest("a", "Dear Claire,") == "Dear Claire,\n\ntyped early"
    assert await writer.flush()
    assert shelf.texts["a"] == "Dear Claire,\n\ntyped early"


async def test_an_act_that_fails_is_told_to_its_caller_alone(writer: DraftWriter, shelf: Shelf) -> None:
    async def fail() -> None:
        raise DiskFull

    acting = asyncio.ensure_future(writer.act("a", fail))
    await asyncio.sleep(0)
    writer.put("a", "after")
    with pytest.raises(DiskFull):
        await acting
    assert await writer.flush()
    assert shelf.texts["a"] == "after"
