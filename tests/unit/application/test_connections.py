"""Connections over a real file, with scripted servers and keys in memory."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from iaposte_desktop.application.changes import Changed, Topic
from iaposte_desktop.application.connections import is_in_the_clear
from iaposte_desktop.domain.assistants import DEFAULT_MODEL, ModelRef
from iaposte_desktop.domain.connections import ApiProtocol, Connection, ConnectionKind, LocalServer
from iaposte_desktop.domain.errors import (
    ConnectionProblem,
    InvalidValue,
    KeyRefused,
    ModelGone,
    NotFound,
    ProviderUnavailable,
)
from iaposte_desktop.domain.ports.secrets import Keeping
from iaposte_desktop.domain.secrets import Secret
from tests.fakes.clock import ManualClock
from tests.fakes.connector import ScriptedConnector
from tests.fakes.scripted_model import MODEL, ScriptedModel
from tests.fakes.scripted_stores import ScriptedStores
from tests.fakes.secrets import MemorySecrets
from tests.fakes.switchboard import BUILT_IN, LOCAL, OPENAI, REPORT, Switchboard

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

KEY = Secret("sk-told-to-nobody")


@pytest.fixture
async def board(tmp_path: Path) -> AsyncIterator[Switchboard]:
    opened = Switchboard(tmp_path)
    await opened.load()
    yield opened
    await opened.aclose()


def told(board: Switchboard) -> list[str]:
    return [each.id for each in board.heard if isinstance(each, Changed) and each.topic is Topic.CONNECTIONS]


class TestSaving:
    async def test_what_is_saved_is_there_after_a_restart_and_its_ports_with_it(self, board: Switchboard) -> None:
        saved = await board.connections.save(OPENAI, KEY)
        assert saved.connection == OPENAI
        assert saved.keeping is Keeping.KEYRING
        await board.connections.save(LOCAL)
        assert told(board) == [OPENAI.id, LOCAL.id]

        again = Switchboard(board.folder)
        await again.load()
        assert again.connections.list() == (LOCAL, OPENAI), "by name"
        assert set(again.ports) == {BUILT_IN.provider, OPENAI.id, LOCAL.id}
        assert again.connections.retrieve(OPENAI.id) == OPENAI
        assert again.connections.name_of(OPENAI.id) == "Work"
        assert again.connections.name_of("gone") == ""
        await again.aclose()

    async def test_a_key_is_kept_under_its_host_and_in_no_file(self, board: Switchboard) -> None:
        await board.connections.save(OPENAI, KEY)
        assert set(board.secrets.secrets) == {"conn_1@api.openai.com"}
        assert await board.connections.has_key(OPENAI)
        board.settings.flush()
        for file in board.folder.rglob("*"):
            assert not file.is_file() or b"told-to-nobody" not in file.read_bytes()

    async def test_without_a_new_key_the_kept_one_stays(self, board: Switchboard) -> None:
        await board.connections.save(OPENAI, KEY)
        saved = await board.connections.save(replace(OPENAI, name="Office"))
        assert saved.keeping is None
        assert await board.connections.has_key(OPENAI)

    async def test_another_host_never_gets_the_key_of_the_one_before(self, board: Switchboard) -> None:
        await board.connections.save(OPENAI, KEY)
        moved = replace(OPENAI, region="eu")
        await board.connections.save(moved)
        assert not await board.connections.has_key(moved)
        assert board.secrets.secrets == {}, "and the old one is forgotten"

    async def test_a_changed_connection_gets_new_ports_and_the_old_ones_are_closed(
        self, tmp_path: Path, clock: ManualClock
    ) -> None:
        model, stores = ScriptedModel(name=OPENAI.id), ScriptedStores(clock, name=OPENAI.id)
        board = Switchboard(tmp_path, ScriptedConnector(models={OPENAI.id: model}, stores={OPENAI.id: stores}))
        await board.connections.save(replace(OPENAI, has_vector_stores=True))
        assert (board.ports[OPENAI.id], board.stores[OPENAI.id]) == (model, stores)
        await board.connections.save(OPENAI)
        assert model.is_closed
        assert stores.is_closed
        assert len(board.connector.connected) == 2

    async def test_where_no_keyring_took_the_key_it_is_told(self, tmp_path: Path) -> None:
        board = Switchboard(tmp_path, secrets=MemorySecrets(keeping=Keeping.SESSION))
        assert await board.connections.keeping() is Keeping.SESSION
        assert (await board.connections.save(OPENAI, KEY)).keeping is Keeping.SESSION
        await board.aclose()

    async def test_a_server_that_failed_is_asked_again_once_its_connection_was_changed(
        self, board: Switchboard
    ) -> None:
        model = ModelRef(OPENAI.id, "m")
        board.circuits.note(model, KeyRefused().info)
        assert board.circuits.refusal(model) is not None
        await board.connections.save(OPENAI, KEY)
        assert board.circuits.refusal(model) is None

    async def test_and_so_it_is_once_a_test_went_well(self, tmp_path: Path) -> None:
        board, model = Switchboard(tmp_path, ScriptedConnector(KeyRefused(), REPORT)), ModelRef(OPENAI.id, "m")
        board.circuits.note(model, KeyRefused().info)
        with pytest.raises(KeyRefused):
            await board.connections.test(OPENAI)
        assert board.circuits.refusal(model) is not None
        await board.connections.test(OPENAI)
        assert board.circuits.refusal(model) is None


INVALID = [
    (replace(OPENAI, name=" "), "name"),
    (replace(OPENAI, name="n" * 257), "name"),
    (replace(OPENAI, base_url="api.openai.com/v1"), "base_url"),
    (replace(OPENAI, base_url="ftp://api.openai.com"), "base_url"),
    (replace(OPENAI, base_url="https://"), "base_url"),
    (replace(OPENAI, base_url="https://[::1/v1"), "base_url"),
    (replace(OPENAI, base_url="https://host:port/v1"), "base_url"),
    (replace(OPENAI, base_url="https://ho st/v1"), "base_url"),
    (replace(OPENAI, base_url="https://host/v1?key=1"), "base_url"),
    (replace(OPENAI, base_url="https://host/v1#key"), "base_url"),
    (replace(OPENAI, base_url="https://me:secret@host/v1"), "base_url"),
    (replace(OPENAI, base_url="https://me@host/v1"), "base_url"),
    (Connection("c", "Azure", ConnectionKind.AZURE), "base_url"),
    (replace(OPENAI, region="evil.test/"), "region"),
    (replace(OPENAI, region="é"), "region"),
    (replace(LOCAL, base_url="http://192.168.1.7:11434/v1"), "local_address"),
    (replace(OPENAI, proxy="proxy:8080"), "proxy"),
    (replace(OPENAI, proxy="http://me:secret@proxy:8080"), "proxy"),
    (replace(OPENAI, proxy="socks5://proxy:1080"), "proxy"),
]


@pytest.mark.parametrize(("connection", "field"), INVALID)
async def test_what_cannot_be_used_is_refused_before_anything_is_kept_or_sent(
    board: Switchboard, connection: Connection, field: str
) -> None:
    with pytest.raises(InvalidValue) as refused:
        await board.connections.save(connection, KEY)
    assert refused.value.field == field
    with pytest.raises(InvalidValue):
        await board.connections.test(connection, KEY)
    assert board.connections.list() == ()
    assert board.secrets.secrets == {}
    assert board.connector.tested == []


@pytest.mark.parametrize(
    "connection",
    [
        OPENAI,
        LOCAL,
        replace(OPENAI, region="eu"),
        replace(LOCAL, base_url="http://[::1]:1234/v1"),
        replace(OPENAI, proxy="http://me@proxy.acme.test:8080"),
    ],
)
async def test_what_can_be_used_is_kept(board: Switchboard, connection: Connection) -> None:
    assert (await board.connections.save(connection)).connection == connection


class TestDeleting:
    async def test_a_deleted_connection_takes_its_key_its_ports_and_its_being_the_default_along(
        self, board: Switchboard
    ) -> None:
        await board.connections.save(OPENAI, KEY)
        board.connections.make_default(OPENAI.id)
        await board.connections.delete(OPENAI.id)
        assert board.connections.list() == ()
        assert board.secrets.secrets == {}
        assert OPENAI.id not in board.ports
        assert board.connections.default_id == ""
        with pytest.raises(NotFound):
            board.connections.retrieve(OPENAI.id)

    async def test_what_is_not_there_is_deleted_without_a_word(self, board: Switchboard) -> None:
        await board.connections.delete("conn_unknown")
        assert told(board) == []


class TestWhatAModelMeans:
    async def test_the_default_one_is_built_in_until_a_connection_is_made_the_default(self, board: Switchboard) -> None:
        assert await board.connections.resolved(DEFAULT_MODEL) == BUILT_IN
        await board.connections.save(replace(OPENAI, default_model="gpt-6-luna"))
        assert await board.connections.resolved(DEFAULT_MODEL) == BUILT_IN, "not by being there"
        board.connections.make_default(OPENAI.id)
        assert await board.connections.resolved(DEFAULT_MODEL) == ModelRef(OPENAI.id, "gpt-6-luna")
        board.connections.make_default("")
        assert await board.connections.resolved(DEFAULT_MODEL) == BUILT_IN

    async def test_without_a_default_model_it_is_the_first_that_the_server_offers(self, board: Switchboard) -> None:
        await board.connections.save(OPENAI)
        assert board.connections.placed(ModelRef(OPENAI.id, "")) == ModelRef(OPENAI.id, "")
        assert await board.connections.resolved(ModelRef(OPENAI.id, "")) == ModelRef(OPENAI.id, MODEL.id)

    async def test_a_model_of_a_connection_that_is_gone_is_gone(self, board: Switchboard) -> None:
        with pytest.raises(ModelGone):
            await board.connections.resolved(ModelRef("conn_gone", "gpt-6-luna"))


class TestTrying:
    async def test_a_connection_is_tried_before_it_is_saved_and_nothing_is_kept_of_it(self, tmp_path: Path) -> None:
        board = Switchboard(tmp_path, ScriptedConnector(REPORT))
        assert await board.connections.test(OPENAI, KEY) == REPORT
        assert board.connector.tested == [(OPENAI, KEY.reveal())]
        assert board.connections.list() == ()
        assert board.secrets.secrets == {}

    async def test_what_failed_is_told_as_it_is(self, tmp_path: Path) -> None:
        problem = ProviderUnavailable("api.acme.test", problem=ConnectionProblem.DNS)
        board = Switchboard(tmp_path, ScriptedConnector(problem))
        with pytest.raises(ProviderUnavailable) as failed:
            await board.connections.test(OPENAI)
        assert failed.value is problem

    async def test_servers_of_this_machine(self, tmp_path: Path) -> None:
        server = LocalServer("Ollama", "http://127.0.0.1:11434/v1", ("qwen3:8b",))
        assert await Switchboard(tmp_path, ScriptedConnector(servers=(server,))).connections.local_servers() == (
            server,
        )


async def test_another_protocol_is_kept_and_the_key_with_it(board: Switchboard) -> None:
    await board.connections.save(replace(OPENAI, protocol=ApiProtocol.ASSISTANTS_V2), KEY)
    switched = await board.connections.switch_protocol(OPENAI.id, ApiProtocol.RESPONSES)
    assert switched == OPENAI
    assert board.connections.list() == (OPENAI,)
    assert await board.connections.has_key(OPENAI)
    with pytest.raises(NotFound):
        await board.connections.switch_protocol("conn_gone", ApiProtocol.RESPONSES)


@pytest.mark.parametrize(
    ("url", "is_clear"),
    [
        ("https://host/v1", False),
        ("http://host/v1", True),
        ("http://localhost:8080/v1", False),
        ("http://[::1]:8080/v1", False),
        ("http://", False),
        ("http://[host", False),
        ("", False),
    ],
)
def test_what_travels_in_the_clear(url: str, is_clear: bool) -> None:
    assert is_in_the_clear(Connection("c", "C", ConnectionKind.COMPATIBLE, base_url=url)) is is_clear
