"""Where the command line writes: results on standard output, progress and errors on standard error."""

from __future__ import annotations

import asyncio
import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeVar

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from iaposte_desktop.application.explain import explain
from iaposte_desktop.cli.texts import language, text
from iaposte_desktop.domain.errors import IAPosteError, StorageError

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterator
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from iaposte_desktop.application.program import Program
    from iaposte_desktop.domain.runs import Run
    from iaposte_desktop.domain.threads import Customer

T = TypeVar("T")

out: Final = Console(highlight=False, markup=False, emoji=False)
err: Final = Console(stderr=True, highlight=False, markup=False, emoji=False)

EXIT_REFUSED: Final = 1
EXIT_STORAGE: Final = 3


class OpenProgram(Protocol):
    @property
    def program(self) -> Program: ...
    @property
    def folder(self) -> Path: ...


class Faces(Protocol):
    """What the composition root gives to the command line."""

    def has_display(self) -> bool: ...

    def program(
        self, profile_folder: Path | None, *, verbose: bool = False
    ) -> AbstractAsyncContextManager[OpenProgram]: ...

    def show_window(self, profile_folder: Path | None) -> int: ...

    def show_demo(self, output: Path, report: Callable[[Customer, Run], None], *, stay_open: bool) -> int: ...


class Invocation:
    """The options before the command, as every command sees them."""

    def __init__(self, faces: Faces, profile: Path | None, *, verbose: bool) -> None:
        self.faces = faces
        self.profile = profile
        self._verbose = verbose

    def run(self, work: Callable[[Program], Coroutine[Any, Any, T]]) -> T:
        """`work` with the program open; its errors end the command with a sentence and an exit code."""

        async def with_program() -> T:
            async with self.faces.program(self.profile, verbose=self._verbose) as opened:
                return await work(opened.program)

        with told_errors():
            return asyncio.run(with_program())


@contextmanager
def told_errors() -> Iterator[None]:
    try:
        yield
    except IAPosteError as error:
        err.print(str(explain(error, language())))
        raise typer.Exit(EXIT_STORAGE if isinstance(error, StorageError) else EXIT_REFUSED) from error


def refuse(key: str, *values: object) -> typer.Exit:
    """To be raised: the command cannot go on, and says why."""
    err.print(text(key, *values))
    return typer.Exit(EXIT_REFUSED)


def progress_bar() -> Progress:
    """On standard error."""
    return Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), console=err
    )


def print_json(value: object) -> None:
    out.print_json(json.dumps(value, ensure_ascii=False, default=str))
