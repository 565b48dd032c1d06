"""From the key that is typed into the command line to a draft, over the keyring: real processes, see conftest.py."""

from __future__ import annotations

import json
import os
from pathlib import Path

from tests.e2e.furnished import KNOWLEDGE, MAIL
from tests.e2e.test_cli import iaposte
from tests.fakes.toy_openai.server import ToyOpenAI
from tests.secret_service.test_keyring import KEY, holding


def test_a_key_that_was_typed_is_there_for_the_next_draft_and_gone_with_its_connection(tmp_path: Path) -> None:
    mail, file, profile = tmp_path / "mail.eml", tmp_path / "refunds.txt", tmp_path / "profile"
    mail.write_text(MAIL, encoding="utf-8")
    file.write_text(KNOWLEDGE, encoding="utf-8")
    assert iaposte("stores", "add", file, profile=profile).returncode == 0
    with ToyOpenAI(key=KEY) as toy:
        add = ("connections", "add", "Shop", "--kind", "compatible", "--url", toy.base_url, "--model", "toy-1")
        added = iaposte(*add, "--default", "--key-stdin", profile=profile, stdin=f"{KEY}\n")
        assert added.returncode == 0, added.stderr
        drafted = iaposte("draft", mail, "--json", profile=profile)
        assert drafted.returncode == 0, drafted.stderr
        run = json.loads(drafted.stdout)
        assert (run["status"], run["model"]) == ("completed", "toy-1")
        assert [citation["match"] for citation in run["citations"]] == ["exact"]
        assert holding(tmp_path, KEY) == []
        assert holding(Path(os.environ["XDG_DATA_HOME"]), KEY) == []
        assert KEY not in "".join((added.stdout, added.stderr, drafted.stdout, drafted.stderr))

        assert iaposte("connections", "remove", "Shop", profile=profile).returncode == 0
        # The same address under another name has no key.
        assert iaposte(*add[:2], "Again", *add[3:], "--no-test", profile=profile).returncode == 0
        sent = len(toy.requests)
        assert iaposte("connections", "test", "Again", profile=profile).returncode == 1
        assert {request.headers.get("authorization") for request in toy.requests[sent:]} == {None}
