"""`iaposte connections` and `iaposte models` over real use cases, with scripted servers and keys in memory."""

from __future__ import annotations

import json
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest
from typer.testing import CliRunner, Result

from iaposte_desktop.application.explain import explain
from iaposte_desktop.cli.app import app
from iaposte_desktop.domain.connections import ApiProtocol, Connection, ConnectionKind, LocalServer
from iaposte_desktop.domain.errors import ConnectionProblem, ErrorInfo, KeyRefused, ProviderUnavailable
from iaposte_desktop.domain.ports.connections import Connected
from iaposte_desktop.domain.ports.model_provider import ModelInfo
from iaposte_desktop.domain.ports.secrets import Keeping
from tests.fakes.connector import ScriptedConnector
from tests.fakes.scripted_model import REMOTE, ScriptedModel
from tests.fakes.secrets import MemorySecrets
from tests.fakes.switchboard import LOCAL, REPORT, Switchboard

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from iaposte_desktop.application.program import Program
    from iaposte_desktop.cli.console import OpenProgram
    from iaposte_desktop.domain.runs import Run
    from iaposte_desktop.domain.threads import Customer


@dataclass(slots=True)
class Desk:
    """The composition root as the command line sees it: each command opens the program anew."""

    folder: Path
    connector: ScriptedConnector = field(default_factory=ScriptedConnector)
    secrets: MemorySecrets = field(default_factory=MemorySecrets)

    @asynccontextmanager
    async def program(self, profile_folder: Path | None, *, verbose: bool = False) -> AsyncIterator[OpenProgram]:
        board = Switchboard(self.folder, self.connector, self.secrets)
        await board.load()
        program = SimpleNamespace(connections=board.connections, models=board.models, prices=board.prices)
        try:
            yield cast("OpenProgram", SimpleNamespace(program=cast("Program", program), folder=self.folder))
        finally:
            await board.aclose()

    def has_display(self) -> bool:
        return False

    def show_window(self, profile_folder: Path | None) -> int:
        raise AssertionError("no window was asked for")

    def show_demo(self, output: Path, report: Callable[[Customer, Run], None], *, stay_open: bool) -> int:
        raise AssertionError("no demo was asked for")

    def run(self, *arguments: str, typed: str = "") -> Result:
        environment = {"IAPOSTE_LANGUAGE": "en", "COLUMNS": "200"}
        return CliRunner(env=environment).invoke(app, arguments, input=typed, obj=self)

    def listed(self) -> list[dict[str, object]]:
        done = self.run("connections", "list", "--json")
        assert done.exit_code == 0, done.output
        found = json.loads(done.stdout)
        assert isinstance(found, list)
        return found


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


@pytest.fixture
def kept(desk: Desk) -> Desk:
    """With a connection to OpenAI, its key, and a server of this machine."""
    for arguments, key in (
        (("Work", "--kind", "openai"), "sk-1"),
        (("Ollama", "--kind", "local", "--url", LOCAL.base_url), ""),
    ):
        assert desk.run("connections", "add", *arguments, "--key-stdin", "--no-test", typed=key).exit_code == 0
    return desk


class TestAdding:
    def test_a_typed_key_is_kept_and_never_shown(self, desk: Desk) -> None:
        desk.connector.will(REPORT)
        done = desk.run("connections", "add", "Work", "--kind", "openai", "--default", typed="sk-secret\n")
        assert done.exit_code == 0, done.output
        assert done.stdout.endswith("“Work” was saved.\n")
        assert "Key (it is not shown)" in done.stderr
        assert "The server answers: responses, chat_completions · 2 models · vector stores" in done.stderr
        assert "sk-secret" not in done.output
        (saved,) = desk.listed()
        assert saved | {"id": "?"} == {
            "id": "?",
            "name": "Work",
            "kind": "openai",
            "url": "https://api.openai.com/v1",
            "protocol": "responses",
            "default_model": "",
            "has_vector_stores": True,
            "is_default": True,
            "has_key": True,
        }
        assert [key for _, key in desk.connector.tested] == ["sk-secret"]

    def test_from_a_script_with_everything_named(self, desk: Desk) -> None:
        ca_file = desk.folder / "ca.pem"
        desk.connector.will(REPORT)
        done = desk.run(
            *("connections", "add", "Plant", "--kind", "compatible", "--url", "https://llm.acme.test/v1"),
            *("--protocol", "chat_completions", "--proxy", "http://proxy:8080", "--ca-file", str(ca_file)),
            *("--model", "qwen3", "--key-stdin"),
            typed="sk-plant\n",
        )
        assert done.exit_code == 0, done.output
        ((tested, key),) = desk.connector.tested
        assert key == "sk-plant"
        assert (tested.proxy, tested.ca_file) == ("http://proxy:8080", str(ca_file))
        (saved,) = desk.listed()
        assert saved["protocol"] == "chat_completions", "as it was chosen, whatever else answers"
        assert saved["default_model"] == "qwen3"
        assert saved["is_default"] is False

    def test_a_server_without_a_key_is_not_asked_for_one(self, desk: Desk) -> None:
        desk.connector.will(replace(REPORT, protocols=frozenset({ApiProtocol.CHAT_COMPLETIONS})))
        done = desk.run("connections", "add", "Ollama", "--kind", "local", "--url", LOCAL.base_url)
        assert done.exit_code == 0, done.output
        (saved,) = desk.listed()
        assert (saved["protocol"], saved["has_key"]) == ("chat_completions", False)

    def test_a_key_is_no_argument(self, desk: Desk) -> None:
        done = desk.run("connections", "add", "Work", "--kind", "openai", "--key", "sk-1")
        assert done.exit_code == 2
        assert "No such option" in done.stderr

    def test_what_does_not_answer_is_not_saved_and_says_why(self, desk: Desk) -> None:
        problem = ProviderUnavailable("api.openai.com", problem=ConnectionProblem.DNS)
        desk.connector.will(problem)
        done = desk.run("connections", "add", "Work", "--kind", "openai", "--key-stdin", typed="sk")
        assert done.exit_code == 1
        assert str(explain(problem, "en")) in done.stderr
        assert "It was not saved; --no-test saves it all the same." in done.stderr
        assert desk.listed() == []
        assert desk.secrets.secrets == {}

    def test_it_is_saved_untested_where_that_is_asked_for(self, desk: Desk) -> None:
        done = desk.run("connections", "add", "Work", "--kind", "openai", "--region", "eu", "--key-stdin", "--no-test")
        assert done.exit_code == 0, done.output
        assert desk.connector.tested == []
        (saved,) = desk.listed()
        assert saved["url"] == "https://eu.api.openai.com/v1"

    @pytest.mark.parametrize(
        ("arguments", "sentence"),
        [
            (("--kind", "azure"), "The address cannot be used."),
            (("--kind", "compatible", "--url", "llm.acme.test"), "The address cannot be used."),
            (("--kind", "local", "--url", "http://10.0.0.1/v1"), "not on this machine: 10.0.0.1."),
            (("--kind", "openai", "--proxy", "proxy"), "The proxy’s address cannot be used."),
            (("--kind", "openai", "--region", "eu/"), "The region cannot be used."),
        ],
    )
    def test_what_cannot_be_used_is_refused_with_words(
        self, desk: Desk, arguments: tuple[str, ...], sentence: str
    ) -> None:
        done = desk.run("connections", "add", "X", *arguments, "--key-stdin", typed="sk")
        assert done.exit_code == 1
        assert sentence in done.stderr
        assert desk.listed() == []

    def test_a_name_that_is_taken_is_refused(self, kept: Desk) -> None:
        done = kept.run("connections", "add", "WORK", "--kind", "openai", "--key-stdin", "--no-test")
        assert done.exit_code == 1
        assert "There is a connection “WORK” already" in done.stderr

    def test_an_address_in_the_clear_is_told_of(self, desk: Desk) -> None:
        url = "http://llm.acme.test/v1"
        done = desk.run("connections", "add", "Plant", "--kind", "compatible", "--url", url, "--no-test")
        assert done.exit_code == 0
        assert "travel unencrypted" in done.stderr

    def test_without_a_keyring_it_is_told_that_the_key_is_lost(self, desk: Desk) -> None:
        desk.secrets = MemorySecrets(keeping=Keeping.SESSION)
        done = desk.run("connections", "add", "Work", "--kind", "openai", "--key-stdin", "--no-test", typed="sk")
        assert done.exit_code == 1
        assert "no keyring was found" in done.stderr


class TestTheOthers:
    def test_listed_for_people(self, kept: Desk) -> None:
        kept.run("connections", "default", "work")
        table = kept.run("connections", "list").stdout
        (work,) = (line for line in table.splitlines() if "Work" in line)
        assert "https://api.openai.com/v1" in work
        assert work.count("yes") == 2, "a key, and the default"
        (ollama,) = (line for line in table.splitlines() if "Ollama" in line)
        assert "yes" not in ollama

    def test_without_any_it_is_said_how_to_add_one(self, desk: Desk) -> None:
        done = desk.run("connections", "list")
        assert (done.exit_code, done.stdout) == (0, "")
        assert "iaposte connections add NAME" in done.stderr
        assert desk.run("connections", "list", "--json").stdout == "[]\n"

    def test_a_test_names_the_models(self, kept: Desk) -> None:
        kept.connector.will(REPORT)
        done = kept.run("connections", "test", "work")
        assert done.exit_code == 0
        assert done.stdout == "gpt-6-luna\ngpt-6.1-terra\n"
        assert kept.connector.tested[0][1] is None, "the kept key is used"

    def test_a_test_that_fails_says_why(self, kept: Desk) -> None:
        kept.connector.will(KeyRefused())
        done = kept.run("connections", "test", "Work")
        assert (done.exit_code, done.stdout) == (1, "")
        assert "The server refused the key." in done.stderr

    def test_the_default_is_chosen_and_given_back(self, kept: Desk) -> None:
        assert kept.run("connections", "default", "ollama").exit_code == 0
        assert [each["name"] for each in kept.listed() if each["is_default"]] == ["Ollama"]
        assert kept.run("connections", "default", "built-in").exit_code == 0
        assert not any(each["is_default"] for each in kept.listed())

    def test_a_removed_connection_takes_its_key_along(self, kept: Desk) -> None:
        done = kept.run("connections", "remove", "work")
        assert done.stdout == "“Work” and its key were forgotten. What lies at the server stays there.\n"
        assert [each["name"] for each in kept.listed()] == ["Ollama"]
        assert kept.secrets.secrets == {}

    @pytest.mark.parametrize("command", ["test", "remove", "default"])
    def test_one_that_is_not_there_is_told(self, kept: Desk, command: str) -> None:
        done = kept.run("connections", command, "Nowhere")
        assert done.exit_code == 1
        assert "There is no connection “Nowhere”." in done.stderr

    def test_servers_of_this_machine(self, desk: Desk) -> None:
        done = desk.run("connections", "local")
        assert "No server was found on this machine." in done.stderr
        desk.connector.servers = (LocalServer("Ollama", LOCAL.base_url, ("qwen3:8b", "gemma3")),)
        assert "qwen3:8b, gemma3" in desk.run("connections", "local").stdout
        assert json.loads(desk.run("connections", "local", "--json").stdout) == [
            {"name": "Ollama", "url": LOCAL.base_url, "models": ["qwen3:8b", "gemma3"]}
        ]

    def test_in_french(self, kept: Desk) -> None:
        done = CliRunner(env={"IAPOSTE_LANGUAGE": "fr"}).invoke(app, ["connections", "remove", "x"], obj=kept)
        assert done.stderr == "Il n’y a pas de connexion «\u00a0x\u00a0».\n"


class Offering(ScriptedModel):
    def __init__(self, name: str, *offered: ModelInfo, error: Exception | None = None) -> None:
        super().__init__(name=name, capabilities=REMOTE)
        self._offered = offered
        self._error = error

    async def models(self) -> tuple[ModelInfo, ...]:
        if self._error is not None:
            raise self._error
        return self._offered


class Offers(ScriptedConnector):
    """A connection to OpenAI offers two models; any other is silent."""

    def connect(self, connection: Connection) -> Connected:
        known = (ModelInfo("gpt-6.1-terra", context_tokens=400_000), ModelInfo("own", None, date(2027, 1, 14)))
        error = None if connection.kind is ConnectionKind.OPENAI else ProviderUnavailable()
        made = Offering(connection.id, *known, error=error)
        return replace(super().connect(connection), model=made)


class TestModels:
    def test_with_context_price_and_last_day(self, tmp_path: Path) -> None:
        desk = Desk(tmp_path, Offers())
        desk.run("connections", "add", "Work", "--kind", "openai", "--key-stdin", "--no-test", typed="sk")
        done = desk.run("models")
        assert done.exit_code == 0, done.output
        lines = done.stdout.splitlines()
        (built_in,) = (line for line in lines if "built-in" in line)
        assert built_in.count("free") == 2
        (terra,) = (line for line in lines if "gpt-6.1-terra" in line)
        for part in ("Work", "400 000", "1 $", "5 $"):
            assert part in terra
        (own,) = (line for line in lines if "own" in line and "Work" in line)
        assert own.count("unknown") == 2, "an unknown price is never zero"
        assert "2027-01-14" in own

    def test_as_json(self, tmp_path: Path) -> None:
        desk = Desk(tmp_path, Offers())
        desk.run("connections", "add", "Work", "--kind", "openai", "--key-stdin", "--no-test", typed="sk")
        found = {each["model"]: each for each in json.loads(desk.run("models", "--json").stdout)}
        assert found["gpt-6.1-terra"] | {"provider": "?"} == {
            "connection": "Work",
            "provider": "?",
            "model": "gpt-6.1-terra",
            "context_tokens": 400_000,
            "is_free": False,
            "usd_per_million_input": "1",
            "usd_per_million_output": "5",
            "ends_on": None,
        }
        assert found["own"]["usd_per_million_input"] is None
        assert found["own"]["ends_on"] == "2027-01-14"

    def test_a_silent_connection_leaves_the_others_and_is_named(self, tmp_path: Path) -> None:
        desk = Desk(tmp_path, Offers())
        url = "https://llm.acme.test/v1"
        desk.run("connections", "add", "Plant", "--kind", "compatible", "--url", url, "--no-test")
        done = desk.run("models")
        assert done.exit_code == 1
        assert "built-in" in done.stdout
        assert f"Plant: {explain(ErrorInfo('provider_unavailable'), 'en')}" in done.stderr
