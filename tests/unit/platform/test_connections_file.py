from __future__ import annotations

import asyncio
import json
import stat
import sys
from dataclasses import asdict, fields, replace
from pathlib import Path

import pytest

from iaposte_desktop.domain.connections import ApiProtocol, Connection, ConnectionKind
from iaposte_desktop.domain.errors import InvalidValue, ProfileReadOnly
from iaposte_desktop.platform.connections import ConnectionsFile
from iaposte_desktop.platform.paths import Profile

AZURE = Connection(
    id="conn_1",
    name="Équipe – Azure",
    kind=ConnectionKind.AZURE,
    protocol=ApiProtocol.CHAT_COMPLETIONS,
    base_url="https://team.openai.azure.com/openai/v1",
    region="eu",
    organization="org-1",
    project="proj_1",
    proxy="http://proxy.example:8080",
    ca_file="/etc/ssl/company.pem",
    default_model="gpt-x",
    has_vector_stores=True,
)
LOCAL = Connection(id="conn_2", name="Here", kind=ConnectionKind.LOCAL, base_url="http://127.0.0.1:11434/v1")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "connections.json"


def test_the_example_fills_every_field() -> None:
    """So that a field added to `Connection` is tried by the round trip."""
    plain = Connection(id="", name="", kind=ConnectionKind.OPENAI)
    assert not [each.name for each in fields(Connection) if getattr(AZURE, each.name) == getattr(plain, each.name)]


async def test_without_a_file_there_is_none(path: Path) -> None:
    assert await ConnectionsFile(path).list() == ()
    assert not path.exists()


async def test_what_was_saved_is_there_at_the_next_start_in_its_order(path: Path) -> None:
    await ConnectionsFile(path).save([LOCAL, AZURE])
    assert await ConnectionsFile(path).list() == (LOCAL, AZURE)
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [each.name for each in path.parent.iterdir()] == [path.name]


async def test_saving_replaces_what_was_there(path: Path) -> None:
    connections = ConnectionsFile(path)
    await connections.save([LOCAL, AZURE])
    renamed = replace(AZURE, name="Team", proxy="")
    await connections.save([renamed])
    assert await connections.list() == (renamed,)
    await connections.save([])
    assert await connections.list() == ()


async def test_they_lie_in_the_profile_s_settings_folder(profile: Profile) -> None:
    await ConnectionsFile(profile.connections_file).save([LOCAL])
    assert profile.connections_file == profile.config / "connections.json"
    assert profile.connections_file.exists()


async def test_fields_of_a_newer_version_are_kept(path: Path) -> None:
    path.write_text(json.dumps([asdict(LOCAL) | {"colour": ["red"]}, asdict(AZURE)]))
    connections = ConnectionsFile(path)
    assert await connections.list() == (LOCAL, AZURE)
    await connections.save([AZURE, replace(LOCAL, name="There")])
    azure, local = json.loads(path.read_text("utf-8"))
    assert (local["name"], local["colour"]) == ("There", ["red"])
    assert "colour" not in azure


@pytest.mark.parametrize(
    "entry",
    [
        asdict(AZURE) | {"kind": "quantum"},
        asdict(AZURE) | {"protocol": "telepathy"},
        asdict(AZURE) | {"proxy": {"http": "http://proxy.example"}},
        asdict(AZURE) | {"has_vector_stores": 1},
        {"id": "conn_3", "kind": "openai"},
        {"id": "conn_3", "name": "No kind"},
        "a word",
        None,
    ],
)
async def test_an_entry_that_is_not_understood_is_not_listed_and_kept(path: Path, entry: object) -> None:
    path.write_text(json.dumps([entry, asdict(LOCAL)]))
    connections = ConnectionsFile(path)
    assert await connections.list() == (LOCAL,)
    await connections.save([])
    assert await connections.list() == ()
    assert json.loads(path.read_text("utf-8")) == [entry]


async def test_what_an_entry_leaves_out_has_its_default(path: Path) -> None:
    path.write_text('[{"id": "conn_4", "name": "Small", "kind": "openai"}]')
    assert await ConnectionsFile(path).list() == (Connection("conn_4", "Small", ConnectionKind.OPENAI),)


@pytest.mark.expected_log("connections.json cannot be read; it is kept aside")
@pytest.mark.parametrize("content", [b"[", b"", b"{}", b"\xff\xfe", b"[" * 100_000])
async def test_an_unreadable_file_is_kept_aside(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    connections = ConnectionsFile(path)
    assert await connections.list() == ()
    (aside,) = path.parent.iterdir()
    assert aside.name.startswith("connections.damaged-")
    assert aside.read_bytes() == content
    await connections.save([LOCAL])
    assert await connections.list() == (LOCAL,)


@pytest.mark.expected_log("kept aside")
async def test_saving_over_an_unreadable_file_keeps_it_aside(path: Path) -> None:
    path.write_text("[")
    await ConnectionsFile(path).save([LOCAL])
    assert await ConnectionsFile(path).list() == (LOCAL,)
    assert [each.read_text() for each in path.parent.glob("connections.damaged-*")] == ["["]


async def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(ProfileReadOnly):
        await ConnectionsFile(tmp_path / "absent" / "connections.json").save([LOCAL])


@pytest.mark.parametrize(
    "proxy",
    [
        "http://zoe:hunter2@proxy.example:8080",
        "zoe:hunter2@proxy.example:8080",
        "socks5://:hunter2@proxy.example",
        "http://zoe:hun/ter2@proxy.example",
        "http://zoe:hun@ter2@proxy.example",
        "zoe:hunter2://@proxy.example",
    ],
)
async def test_a_proxy_s_password_is_refused_and_nothing_is_written(path: Path, proxy: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        await ConnectionsFile(path).save([LOCAL, replace(AZURE, proxy=proxy)])
    assert refused.value.info.code == "invalid_value.proxy"
    assert refused.value.detail == ""
    assert not path.exists()


@pytest.mark.parametrize("url", ["https://sk-canary@host/v1", "https://zoe:hunter2@host/v1", "zoe:hunter2@host"])
async def test_a_user_in_the_address_is_refused(path: Path, url: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        await ConnectionsFile(path).save([replace(AZURE, base_url=url)])
    assert refused.value.info.code == "invalid_value.base_url"
    assert refused.value.detail == ""
    assert not path.exists()


@pytest.mark.parametrize("proxy", ["http://zoe@proxy.example:8080", "proxy.example:8080", "http://[::1]:3128", ""])
async def test_a_proxy_without_a_password_is_kept(path: Path, proxy: str) -> None:
    with_proxy = replace(AZURE, proxy=proxy)
    await ConnectionsFile(path).save([with_proxy])
    assert await ConnectionsFile(path).list() == (with_proxy,)


async def test_saves_at_once_leave_one_of_them_whole(path: Path) -> None:
    connections = ConnectionsFile(path)
    versions = [[replace(AZURE, name=f"{number}"), LOCAL] for number in range(20)]
    await asyncio.gather(*(connections.save(each) for each in versions))
    assert list(await connections.list()) in versions
    assert [each.name for each in path.parent.iterdir()] == [path.name]
