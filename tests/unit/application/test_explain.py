from __future__ import annotations

import ast
from pathlib import Path

import pytest

import iaposte_desktop
from iaposte_desktop.application.explain import CODES, explain, explain_file, explain_repair
from iaposte_desktop.domain.errors import (
    ArchiveProblem,
    ArchiveRefused,
    ConnectionProblem,
    Delivery,
    DiskFull,
    ErrorInfo,
    FileProblem,
    FileRefused,
    IAPosteError,
    InvalidValue,
    KeyRefused,
    MailProblem,
    MailRefused,
    NotFound,
    ProviderUnavailable,
    RateLimited,
    StreamCut,
)
from iaposte_desktop.domain.knowledge import FileError
from iaposte_desktop.domain.language import detect_language
from tests.unit.application.test_assistants import INVALID
from tests.unit.domain.test_errors import ALL


def fields_in_the_source() -> set[str]:
    """Of every InvalidValue that the package raises by a literal name."""
    calls = (
        node
        for path in Path(iaposte_desktop.__file__).parent.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "InvalidValue"
    )
    return {
        call.args[0].value
        for call in calls
        if call.args and isinstance(call.args[0], ast.Constant) and isinstance(call.args[0].value, str)
    }


POSSIBLE = {
    *(error.code for error in ALL),
    *(MailRefused(problem).info.code for problem in MailProblem),
    *(FileRefused(problem).info.code for problem in FileProblem),
    *(ArchiveRefused(problem).info.code for problem in ArchiveProblem),
    *(ProviderUnavailable(problem=problem).info.code for problem in ConnectionProblem),
    *(InvalidValue(field).info.code for field in fields_in_the_source() | {field for _, field in INVALID}),
}


def test_every_error_has_its_sentences_and_no_sentence_is_left_over() -> None:
    assert set() == POSSIBLE - CODES, "without sentences"
    assert set() == CODES - POSSIBLE, "of no error"


@pytest.mark.parametrize("detail", ["", "api.example.com"])
@pytest.mark.parametrize("code", sorted(CODES))
def test_sentences_are_whole_in_both_languages(code: str, detail: str) -> None:
    french, english = (explain(ErrorInfo(code, detail), language) for language in ("fr", "en"))
    for text in (french.what, french.next, english.what, english.next):
        assert text
        assert text == text.strip()
        assert text[-1] in ".!?)"
        assert text[0].isupper()
    assert french.what != english.what
    assert french.next != english.next
    assert detect_language(str(french)) != "en"
    assert detect_language(str(english)) != "fr"
    assert "'" not in str(french) + str(english), "typographic apostrophes"
    assert not set("[]{}") & set(str(french) + str(english))
    assert (detail in french.what) == (detail in english.what)


@pytest.mark.parametrize("code", sorted(CODES))
def test_each_says_something_of_its_own(code: str) -> None:
    others = {explain(ErrorInfo(other), "en").what for other in CODES - {code}}
    shared = {"disk_full": "file_refused.disk_full", "file_refused.disk_full": "disk_full"}
    assert code in shared or explain(ErrorInfo(code), "en").what not in others


@pytest.mark.parametrize(
    ("sent", "billed", "english"),
    [
        (Delivery.NO, Delivery.NO, "Nothing was sent or billed."),
        (Delivery.YES, Delivery.NO, "It was sent; nothing was billed."),
        (Delivery.YES, Delivery.YES, "It was sent and billed."),
        (Delivery.YES, Delivery.MAYBE, "It may have been sent and billed."),
        (Delivery.MAYBE, Delivery.MAYBE, "It may have been sent and billed."),
        (Delivery.MAYBE, Delivery.NO, "It may have been sent and billed."),
    ],
)
def test_what_was_sent_and_billed(sent: Delivery, billed: Delivery, english: str) -> None:
    error = StreamCut("reset", sent=sent, billed=billed)
    assert explain(error, "en").delivery == english
    assert explain(error.info, "en") == explain(error, "en")
    assert explain(error, "fr").delivery not in {"", english}


@pytest.mark.parametrize("error", [NotFound("x"), DiskFull(), InvalidValue("name")])
def test_where_nothing_could_be_sent_nothing_is_said_of_it(error: IAPosteError) -> None:
    assert explain(error, "en").delivery == ""


def test_a_code_of_a_newer_version_falls_back_to_its_family() -> None:
    assert explain(ErrorInfo("file_refused.haunted"), "en") == explain(ErrorInfo("file_refused"), "en")
    assert explain(ErrorInfo("unheard_of"), "fr") == explain(ErrorInfo("internal"), "fr")
    assert explain(ErrorInfo(""), "fr") == explain(ErrorInfo("internal"), "fr")


def test_another_language_gets_english() -> None:
    assert explain(DiskFull(), "de") == explain(DiskFull(), "en")


def test_as_one_text() -> None:
    assert str(explain(DiskFull(), "fr")) == (
        "Le disque est plein. Libérez de la place, puis réessayez\u00a0; rien de ce qui était enregistré n’est perdu."
    )


@pytest.mark.parametrize("problem", list(FileProblem))
def test_the_reason_of_a_files_row(problem: FileProblem) -> None:
    assert explain_file(FileError(problem, "x"), "en") == explain(FileRefused(problem, "x"), "en")


@pytest.mark.parametrize("source", ["recovered", "backup", "new"])
def test_a_repaired_workspace(source: str, tmp_path: Path) -> None:
    french, english = (explain_repair(source, tmp_path, language) for language in ("fr", "en"))
    assert str(tmp_path) in french
    assert str(tmp_path) in english
    assert french != english


@pytest.mark.parametrize(
    ("problem", "detail", "english"),
    [
        (ConnectionProblem.DNS, "api.acme.test", "The server’s name api.acme.test was not found."),
        (ConnectionProblem.DNS, "", "The server’s name was not found."),
        (ConnectionProblem.CERTIFICATE, "Acme Proxy CA", "The server’s certificate is not trusted (Acme Proxy CA)."),
        (ConnectionProblem.CERTIFICATE, "", "The server’s certificate is not trusted."),
        (ConnectionProblem.FAILED, "  out of\n memory. ", "The server met an error of its own: out of memory."),
    ],
)
def test_a_detail_stands_in_its_sentence(problem: ConnectionProblem, detail: str, english: str) -> None:
    assert explain(ProviderUnavailable(detail, problem=problem), "en").what == english


def test_a_detail_is_told_as_it_is_and_cut_where_nobody_would_read_on() -> None:
    assert explain(RateLimited("{detail} [x] !"), "fr").what == "Trop de demandes à la fois\u00a0: {detail} [x] !."
    assert len(explain(RateLimited("x" * 5000), "en").what) < 300


def test_a_problem_of_a_newer_version_falls_back_to_an_unreachable_provider() -> None:
    assert explain(ErrorInfo("provider_unavailable.gremlins"), "en").what == "The provider cannot be reached."


def test_of_what_a_server_refused_it_is_told_that_nothing_was_billed() -> None:
    assert "nothing was billed" in str(explain(KeyRefused(sent=Delivery.YES), "en"))
