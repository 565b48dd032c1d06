"""The one place that tells of changes: use cases publish, faces subscribe and read again what they show."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

from iaposte_desktop.domain.knowledge import UploadEvent
from iaposte_desktop.domain.runs import Run
from iaposte_desktop.domain.search import SearchTest
from iaposte_desktop.domain.tasks import Task

if TYPE_CHECKING:
    from collections.abc import Callable


class Topic(StrEnum):
    THREADS = "threads"
    DRAFTS = "drafts"
    ASSISTANTS = "assistants"
    STORES = "stores"
    FILES = "files"
    CONNECTIONS = "connections"
    PRICES = "prices"
    SEARCH_TESTS = "search_tests"
    FOLDERS = "folders"
    SYNONYMS = "synonyms"
    MEANING = "meaning"


@dataclass(frozen=True, slots=True)
class Changed:
    """`id` is the thread, assistant, store or connection that changed (FILES, FOLDERS, SEARCH_TESTS and MEANING: the
    store; PRICES, SYNONYMS: nothing)."""

    topic: Topic
    id: str


@dataclass(frozen=True, slots=True)
class RunChanged:
    run: Run


@dataclass(frozen=True, slots=True)
class FileProgressed:
    event: UploadEvent


@dataclass(frozen=True, slots=True)
class TaskChanged:
    task: Task


@dataclass(frozen=True, slots=True)
class SearchTestsRun:
    """Search tests of a store as they ended; `broken` are those of them that had passed before."""

    store_id: str
    tests: tuple[SearchTest, ...]
    broken: tuple[SearchTest, ...]


Change: TypeAlias = Changed | RunChanged | FileProgressed | TaskChanged | SearchTestsRun


class ChangeFeed:
    """Listeners are called on the thread that publishes, in order; they return at once and raise nothing."""

    def __init__(self) -> None:
        self._listeners: list[Callable[[Change], None]] = []

    def subscribe(self, listener: Callable[[Change], None]) -> Callable[[], None]:
        """Returns the function that ends the subscription."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def publish(self, change: Change) -> None:
        for listener in tuple(self._listeners):
            listener(change)
