from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from iaposte_desktop.domain import errors
from iaposte_desktop.domain.errors import (
    Delivery,
    ErrorInfo,
    FileProblem,
    FileRefused,
    IAPosteError,
    InvalidValue,
    MailProblem,
    MailRefused,
    ProviderError,
    StreamCut,
    WorkspaceDamaged,
)

if TYPE_CHECKING:
    from collections.abc import Iterator


def tree(root: type[IAPosteError]) -> Iterator[type[IAPosteError]]:
    yield root
    for child in root.__subclasses__():
        if child.__module__ == errors.__name__:
            yield from tree(child)


ALL = list(tree(IAPosteError))


def drawn() -> dict[str, str]:
    """Class → the class it hangs from, as the module's docstring draws it."""
    parents: dict[str, str] = {}
    path: list[str] = []
    for line in (errors.__doc__ or "").splitlines():
        if found := re.match(r"([│├└─ ]*)([A-Z]\w*(?:Error|[a-z]))(?:\s{2,}|\s*$)", line):
            depth = len(found[1]) // 4
            del path[depth:]
            if path:
                parents[found[2]] = path[-1]
            path.append(found[2])
    return parents


def test_the_tree_is_as_drawn() -> None:
    assert drawn() == {error.__name__: error.__base__.__name__ for error in ALL[1:] if error.__base__}


def test_the_drawing_was_read() -> None:
    assert drawn()["WorkspaceDamaged"] == "StorageError"
    assert drawn()["InputError"] == "IAPosteError"


def test_every_class_has_a_code_of_its_own() -> None:
    codes = [error.code for error in ALL]
    assert len(set(codes)) == len(codes)
    assert all("code" in vars(error) for error in ALL)


def test_codes_say_the_class() -> None:
    """A code is kept in journals: it follows the name it had, and both change together or never."""
    families = {"InputError": "input", "RunError": "run", "ProviderError": "provider", "WorkerError": "worker"}
    named = {"IAPosteError": "internal", "StorageError": "storage", **families}
    snake = {error.__name__: re.sub(r"(?<!^)(?=[A-Z])", "_", error.__name__).lower() for error in ALL}
    assert {error.__name__: error.code for error in ALL} == snake | named


@pytest.mark.parametrize("problem", list(MailProblem))
def test_a_refused_mail_says_why(problem: MailProblem) -> None:
    assert MailRefused(problem, "x").info == ErrorInfo(f"mail_refused.{problem.value}", "x")


@pytest.mark.parametrize("problem", list(FileProblem))
def test_a_refused_file_says_why(problem: FileProblem) -> None:
    assert FileRefused(problem).info == ErrorInfo(f"file_refused.{problem.value}")


def test_an_invalid_value_names_its_field() -> None:
    assert InvalidValue("name", "too long").info == ErrorInfo("invalid_value.name", "too long")


def test_a_provider_tells_what_was_sent_and_billed() -> None:
    info = StreamCut("reset", sent=Delivery.YES, billed=Delivery.MAYBE).info
    assert info == ErrorInfo("stream_cut", "reset", Delivery.YES, Delivery.MAYBE)
    assert ProviderError().info == ErrorInfo("provider")


def test_a_damaged_workspace_says_where_it_is_kept(tmp_path: Path) -> None:
    assert WorkspaceDamaged(tmp_path / "old.db").kept_at == tmp_path / "old.db"


def test_the_detail_is_the_message() -> None:
    assert str(IAPosteError("disk I/O")) == "disk I/O"
