"""A key goes to its server and nowhere else: not into a file, a line of the log, an error, the environment of a worker,
nor to another host, whatever the server or the environment try."""

from __future__ import annotations

import asyncio
import logging
import os
import subprocess
import sys
import traceback
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from iaposte_desktop.application.explain import explain
from iaposte_desktop.domain.connections import ApiProtocol, ConnectionKind
from iaposte_desktop.domain.errors import ProviderError
from iaposte_desktop.domain.runs import RunStatus
from iaposte_desktop.domain.secrets import Secret
from iaposte_desktop.launch import session
from iaposte_desktop.platform.paths import Profile
from tests.e2e.furnished import MAIL, WAYS, Way, connection_over, furnish
from tests.e2e.test_cli import iaposte
from tests.fakes.toy_openai import faults
from tests.fakes.toy_openai.server import ToyOpenAI
from tests.unit.providers.authority import Authority
from tests.unit.providers.loopback import Loopback, serving

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from subprocess import CompletedProcess

    from iaposte_desktop.application.program import Program
    from iaposte_desktop.domain.runs import Run

# Elsewhere no variable keeps a program from the keyring of whoever runs the tests.
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="a key would go into the keyring at hand")

# Of no form that anything would take for a key by its look.
KEY = "Canary of the shop, 0123"
LOOKS_LIKE_ONE = "sk-canary-0123456789abcdef"
SIGN = "canary"
"""Neither key is anywhere, nor a part of it."""

HOSTILE = "hostile-0123"
REMOTE = [way for way in WAYS if way.protocol is not None]


@pytest.fixture
def toy() -> Iterator[ToyOpenAI]:
    with ToyOpenAI(key=KEY) as toy:
        toy.background_seconds = toy.assistants.step_seconds = 0.001
        toy.vector_stores.index_seconds = 0
        yield toy


@pytest.fixture
def elsewhere() -> Iterator[ToyOpenAI]:
    with ToyOpenAI(key=None) as other:
        yield other


@pytest.fixture
async def proxy() -> AsyncIterator[Loopback]:
    async with serving({}) as proxy:
        yield proxy


@pytest.fixture
def hostile(monkeypatch: pytest.MonkeyPatch, elsewhere: ToyOpenAI, proxy: Loopback) -> dict[str, str]:
    """Variables that would lead key and mails elsewhere."""
    variables = {
        "OPENAI_API_KEY": HOSTILE,
        "OPENAI_ADMIN_KEY": HOSTILE,
        "OPENAI_BASE_URL": elsewhere.base_url,
        "OPENAI_ORG_ID": HOSTILE,
        "OPENAI_PROJECT_ID": HOSTILE,
        "OPENAI_CUSTOM_HEADERS": f"X-Hostile: {HOSTILE}",
        "OPENAI_LOG": "debug",
        **dict.fromkeys(("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "ALL_PROXY", "all_proxy"), proxy.origin),
    }
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    return variables


@contextmanager
def everything_logged(path: Path) -> Iterator[None]:
    """From DEBUG on, of every library, and nothing taken out."""
    handler = logging.FileHandler(path, encoding="utf-8")
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        yield
    finally:
        root.setLevel(level)
        root.removeHandler(handler)
        handler.close()


def holding(folder: Path, sign: str) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and sign.encode() in path.read_bytes().lower()]


def environments_of_children() -> list[str]:
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            is_child = f"PPid:\t{os.getpid()}\n" in (entry / "status").read_text()
            environment = (entry / "environ").read_bytes().decode("utf-8", "replace") if is_child else ""
        except OSError:  # It has ended.
            continue
        found += [environment] if environment else []
    return found


async def drafted(program: Program, thread_id: str, way: Way) -> Run:
    assistant = next(each for each in await program.assistants.list() if each.name == way.name)
    return await program.drafting.draft_reply(thread_id, assistant.id)


async def told(program: Program, url: str) -> list[str]:
    """Of a test that fails: in every way an error can be shown."""
    connection = replace(connection_over(ApiProtocol.RESPONSES, url, ConnectionKind.COMPATIBLE), id="con_tried")
    shown = []
    for key in (KEY, LOOKS_LIKE_ONE):
        with pytest.raises(ProviderError) as raised:
            await program.connections.test(connection, Secret(key))
        error = raised.value
        # Not what it came of, whose message is the server's.
        lines = traceback.format_exception(error, chain=False)
        shown += [str(error), repr(error), repr(error.info), str(explain(error, "en")), *lines]
    return shown


@pytest.mark.expected_log("wreck failed")
async def test_the_key_is_nowhere(
    tmp_path: Path,
    toy: ToyOpenAI,
    elsewhere: ToyOpenAI,
    proxy: Loopback,
    hostile: dict[str, str],
    capfd: pytest.CaptureFixture[str],
) -> None:
    folder = tmp_path / "profile"
    shown: list[str] = []
    with ExitStack() as stack:
        stack.enter_context(everything_logged(tmp_path / "everything.log"))
        held = stack.enter_context(session(Profile.at(folder), verbose=True))
        program = await held.open_program()
        try:
            await furnish(program, tmp_path, toy.base_url, kind=ConnectionKind.COMPATIBLE, key=KEY)
            (tmp_path / "mail.eml").write_text(MAIL, encoding="utf-8")
            thread_id = (await program.threads.import_mail(tmp_path / "mail.eml")).thread_id
            environments = environments_of_children()
            assert environments
            assert not [each for each in environments if SIGN in each.lower() or HOSTILE in each]

            for way in REMOTE:
                assert (await drafted(program, thread_id, way)).status is RunStatus.COMPLETED
            assert not [request for request in toy.requests if request.headers["authorization"] != f"Bearer {KEY}"]
            assert not [request for request in toy.requests if HOSTILE in str(request.headers)]

            for fault in (
                faults.Status(401, message=f"Incorrect API key provided: {KEY}."),
                faults.Status(400, message=f"Not with {KEY}."),
                faults.Status(400, message=f"Nor with {LOOKS_LIKE_ONE}."),
                faults.DetailBody(500, f"at line 7: Authorization: Bearer {LOOKS_LIKE_ONE}"),
                faults.Reset(),
                faults.Redirect(f"{elsewhere.base_url}/responses"),
                faults.BadJson(),
                faults.HtmlPage(f"<html>{LOOKS_LIKE_ONE}</html>"),
                faults.ErrorEvent(message=f"The key {LOOKS_LIKE_ONE} has no credit."),
            ):
                for way, route in ((REMOTE[0], "POST /responses"), (REMOTE[2], "POST /chat/completions")):
                    toy.fail(fault, on=route)
                    run = await drafted(program, thread_id, way)
                    assert run.status is RunStatus.FAILED, fault
                    shown.append(repr(run))
                    await program.connections.test(program.connections.retrieve(way.provider))

            authority = Authority(tmp_path)
            async with serving({}, authority.context()) as unproven:
                shown += await told(program, unproven.url)
                assert unproven.heard == []
            toy.fail(faults.Status(401, message=f"Incorrect API key provided: {LOOKS_LIKE_ONE}."), on="*", times=None)
            shown += await told(program, toy.base_url)
            toy.heal()

            async def wreck() -> None:
                raise RuntimeError(f"wrecked with {LOOKS_LIKE_ONE}")

            await asyncio.gather(program.scope.start(wreck(), "wreck"), return_exceptions=True)
            shown += [repr(connection) for connection in program.connections.list()]
        finally:
            await program.aclose()

    out, err = capfd.readouterr()
    assert err
    assert elsewhere.requests == []
    assert proxy.connections == 0
    assert not [text for text in (*shown, out, err) if SIGN in text.lower()]
    assert holding(folder, "refund")
    assert holding(folder, SIGN) == []
    assert holding(tmp_path, SIGN) in ([], [tmp_path / "everything.log"])
    unknown = [
        line
        for line in (tmp_path / "everything.log").read_text("utf-8").splitlines()
        if SIGN in line.lower() and "wrecked" not in line
    ]
    assert unknown == []


async def test_the_command_line_shows_no_key(
    tmp_path: Path, toy: ToyOpenAI, elsewhere: ToyOpenAI, proxy: Loopback, hostile: dict[str, str]
) -> None:
    def run(*arguments: object, stdin: str = "") -> CompletedProcess[str]:
        return iaposte("--verbose", *arguments, profile=tmp_path / "profile", stdin=stdin)

    add = ("connections", "add", "Shop", "--kind", "compatible", "--url", toy.base_url, "--default", "--key-stdin")
    shown = []
    for key, code in ((LOOKS_LIKE_ONE, 1), (KEY, 1)):
        done = await asyncio.to_thread(run, *add, stdin=f"{key}\n")
        assert done.returncode == code, done.stderr
        shown += [done.stdout, done.stderr]
    assert "Shop" in shown[-2]
    for arguments in (("connections", "list"), ("connections", "test", "Shop"), ("doctor",)):
        done = await asyncio.to_thread(run, *arguments)
        shown += [done.stdout, done.stderr]
    assert [text for text in shown if SIGN in text.lower() or HOSTILE in text or "Traceback" in text] == []
    assert holding(tmp_path, "shop")
    assert holding(tmp_path, SIGN) == []
    assert {request.headers.get("authorization") for request in toy.requests} == {
        f"Bearer {LOOKS_LIKE_ONE}",
        f"Bearer {KEY}",
        None,
    }
    assert elsewhere.requests == []
    assert proxy.connections == 0


CRASHING = """
import asyncio, sys
from pathlib import Path
from iaposte_desktop.domain.connections import Connection, ConnectionKind
from iaposte_desktop.domain.secrets import Secret
from iaposte_desktop.launch import session
from iaposte_desktop.platform.paths import Profile

async def main():
    with session(Profile.at(Path(sys.argv[1])), verbose=True) as held:
        program = await held.open_program()
        connection = Connection("con_1", "Shop", ConnectionKind.COMPATIBLE, base_url=sys.argv[2])
        await program.connections.save(connection, Secret(sys.stdin.readline().strip()))
        await program.connections.test(connection)

asyncio.run(main())
"""


async def test_a_crash_shows_no_key(tmp_path: Path, toy: ToyOpenAI) -> None:
    """Of a server that tells as much of it as OpenAI does: its beginning and its end."""
    toy.key = "another"
    done = await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-c", CRASHING, str(tmp_path / "profile"), toy.base_url],
        input=f"{LOOKS_LIKE_ONE}\n",
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=100,
    )
    assert "Traceback" in done.stderr
    assert "KeyRefused" in done.stderr
    assert toy.requests[0].headers["authorization"] == f"Bearer {LOOKS_LIKE_ONE}"
    assert SIGN not in (done.stdout + done.stderr).lower()
    assert holding(tmp_path, SIGN) == []
