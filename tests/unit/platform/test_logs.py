from __future__ import annotations

import logging
import stat
import sys
from typing import TYPE_CHECKING

import pytest

from iaposte_desktop.platform.logs import MAX_BYTES, OLD_LOGS, logging_to, redact

if TYPE_CHECKING:
    from pathlib import Path

log = logging.getLogger("iaposte_desktop.tests")


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("key sk-proj-abcDEF123_456 used", "abcDEF123"),
        ("xai-abcdefgh12345 gsk_x", "abcdefgh"),
        ("gsk_abcDEF1234567", "abcDEF"),
        ("key=AIzaSyA-abc_DEF0123456789", "abc_DEF"),
        ("Azure's, of 32: 0a1B2c3d4e5f60718293a4b5c6d7e8f9.", "4e5f6071"),
        (f"Azure's, of 84: {'3Kx' * 25}AAABACOGh", "3Kx3Kx"),
        ("Authorization: Bearer eyJhbGciOi.J9-x_y", "eyJhbGciOi"),
        ("{'api_key': 'abcdefgh'}", "abcdefgh"),
        ("api-key: abcdefgh", "abcdefgh"),
        ("Ocp-Apim-Subscription-Key: abcdefgh", "abcdefgh"),
        ("Headers({'x-api-key': 'abcdefgh'})", "abcdefgh"),
        ("[(b'host', b'h'), (b'api-key', b'abcdefgh')]", "abcdefgh"),
        ("AZURE_OPENAI_API_KEY=abcdefgh", "abcdefgh"),
        ("/v1/models?api-version=1&api-key=abcdefgh&x=1", "abcdefgh"),
        ('{"access_token": "abcdefgh"}', "abcdefgh"),
        ("password=hunter2 x", "hunter2"),
        ("https://user:pass@proxy.example:8080/", "pass"),
        ("postgresql://team:p%40ss@db/w", "p%40ss"),
        ("mail of zoe.martin+x@exemple.fr, read", "zoe.martin"),
    ],
)
def test_secrets_and_addresses_are_taken_out(text: str, secret: str) -> None:
    assert secret in text
    assert secret not in redact(text)


@pytest.mark.parametrize("part", ["x", "a1", "A", "sk", "x_", "a-", "token "])
def test_a_long_line_is_redacted_in_its_length(part: str) -> None:
    assert redact(part * 500_000) == part * 500_000


@pytest.mark.parametrize(
    "text",
    [
        "run run_0123456789abcdef completed in 2 steps; token count 12; ask-first",
        f"asst_{'0a' * 16} and req_{'0a' * 16}, hash {'0a' * 32}, chatcmpl-AbC123",
        "7e1c2f3a-0b1c-4d5e-8f90-a1b2c3d4e5f6 of prompt_tokens=12, total_tokens: 14",
        "iaposte_desktop.workspace.migrations.AVeryLongNameOfAClassWithManyWords",
    ],
)
def test_other_text_is_left_alone(text: str) -> None:
    assert redact(text) == text


@pytest.mark.expected_log("matters")
def test_the_file_is_private_and_redacted_also_in_arguments(tmp_path: Path) -> None:
    with logging_to(tmp_path) as path:
        log.info("run for %s with %s", "a@b.fr", {"key": "sk-12345678901"})
        log.debug("too fine")
        logging.getLogger("library").info("chatter")
        logging.getLogger("library").warning("matters")
    content = path.read_text()
    assert "run for [address] with {'key': '[key]'}" in content
    assert "matters" in content
    assert "too fine" not in content
    assert "chatter" not in content
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_library_tells_no_more_where_its_level_is_changed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    names = ("library", "library.wire", "iaposte_desktop_plugin")
    with logging_to(tmp_path, verbose=True) as path:
        for name in names:
            logging.getLogger(name).setLevel(logging.DEBUG)
            logging.getLogger(name).debug("Bonjour, ma commande")
            logging.getLogger(name).info("Bonjour, ma commande")
            logging.getLogger(name).setLevel(logging.NOTSET)
    assert path.read_text() == ""
    assert capsys.readouterr().err == ""


@pytest.mark.expected_log("a defect")
def test_an_exception_is_logged_without_what_it_quotes(tmp_path: Path) -> None:
    with logging_to(tmp_path) as path:
        try:
            raise ValueError("cannot parse: Bonjour, ma commande")
        except ValueError:
            log.exception("a defect")
    content = path.read_text()
    assert "Bonjour" not in content.replace('raise ValueError("cannot parse: Bonjour, ma commande")', "")
    assert "ValueError" in content
    assert "test_logs.py" in content


def test_logs_rotate_and_stay_private(tmp_path: Path) -> None:
    with logging_to(tmp_path):
        for _ in range(6):
            log.info("x " * (MAX_BYTES // 2))
    files = sorted(tmp_path.iterdir())
    assert len(files) == OLD_LOGS + 1
    if sys.platform != "win32":
        assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}


def test_verbose_also_talks_on_standard_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = list(logging.getLogger().handlers)
    with logging_to(tmp_path, verbose=True):
        log.info("hello a@b.fr")
    captured = capsys.readouterr()
    assert "hello [address]" in captured.err
    assert captured.out == ""
    assert logging.getLogger().handlers == before
