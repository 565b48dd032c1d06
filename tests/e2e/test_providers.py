"""Drafts over each provider on the command line, and what becomes of one whose program is killed: real processes, a
real profile, a server on loopback that outlives them."""

from __future__ import annotations

import asyncio
import json
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from iaposte_desktop.domain.runs import RunStatus
from iaposte_desktop.launch import session
from iaposte_desktop.platform.paths import Profile
from tests.contract.generating import generating_posts
from tests.e2e.furnished import ASSISTANTS, BACKGROUND, BUILT_IN, CHAT, RESPONSES, WAYS, Way, furnished
from tests.e2e.test_cli import iaposte
from tests.fakes.toy_openai import faults
from tests.fakes.toy_openai.server import ToyOpenAI

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from iaposte_desktop.application.program import Recovered

Told = dict[str, Any]
"""A run as the command line tells it."""

FOR_EVER = 3600.0
SUBMIT = "/threads/{thread_id}/runs/{run_id}/submit_tool_outputs"


@pytest.fixture(scope="module")
def serving(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ToyOpenAI]:
    with ToyOpenAI(key=None) as toy:
        toy.vector_stores.index_seconds = 0
        yield toy


@pytest.fixture
def toy(serving: ToyOpenAI) -> Iterator[ToyOpenAI]:
    serving.background_seconds = 0.001
    serving.assistants.step_seconds = 0.01
    yield serving
    serving.release()
    assert serving.invalid == []


@pytest.fixture(scope="module")
def shop(serving: ToyOpenAI, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return furnished(tmp_path_factory.mktemp("shop"), serving.base_url)


@pytest.fixture
def profile(shop: Path, tmp_path: Path) -> Path:
    """One of its own."""
    shutil.copy(shop.parent / "mail.eml", tmp_path)
    return shutil.copytree(shop, tmp_path / "profile")


@pytest.fixture(scope="module")
def undisturbed(serving: ToyOpenAI, shop: Path) -> Callable[[Way], tuple[Told, int]]:
    """A draft that nobody disturbs, and how many requests it generated with."""
    known: dict[str, tuple[Told, int]] = {}
    profile = shutil.copytree(shop, shop.with_name("undisturbed"))

    def drafted(way: Way) -> tuple[Told, int]:
        if way.name not in known:
            before = generating_posts(serving)
            known[way.name] = draft(profile, way), generating_posts(serving) - before
        return known[way.name]

    return drafted


def arguments(profile: Path, way: Way) -> list[object]:
    return ["draft", profile.parent / "mail.eml", "--assistant", way.name, "--json"]


def draft(profile: Path, way: Way, *, told: str = "") -> Told:
    done = iaposte(*arguments(profile, way), profile=profile)
    assert done.returncode == 0, done.stderr
    assert told in done.stderr
    run: Told = json.loads(done.stdout)
    return run


def killed(profile: Path, way: Way, is_reached: Callable[[], bool]) -> None:
    """A draft whose program ends without a word once the moment is reached."""
    command = [sys.executable, "-m", "iaposte_desktop", "--profile", str(profile)]
    child = subprocess.Popen(
        [*command, *map(str, arguments(profile, way))], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    while not is_reached():
        assert child.poll() is None, "it ended before"
        time.sleep(0.005)
    child.send_signal(signal.SIGKILL)
    child.wait()


def journaled(profile: Path, kind: str) -> int:
    """How many events of this kind the journal holds."""
    database = Profile.at(profile).workspace_db
    try:
        with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
            (count,) = connection.execute("SELECT count(*) FROM events WHERE kind = ?", (kind,)).fetchone()
            return int(count)
    except sqlite3.OperationalError:  # Not there yet, or being opened.
        return 0


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.name)
def test_a_draft_has_its_sources(undisturbed: Callable[[Way], tuple[Told, int]], toy: ToyOpenAI, way: Way) -> None:
    run, posts = undisturbed(way)
    assert (run["status"], run["provider"], run["error"]) == ("completed", way.provider, None)
    assert "A refund takes ten working days" in run["text"]
    assert run["citations"]
    assert {citation["match"] for citation in run["citations"]} == {"exact"}
    assert {citation["file"] for citation in run["citations"]} == {"refunds.txt"}
    assert all(run["text"].startswith(f"[{c['marker']}]", c["position"]) for c in run["citations"])
    assert run["usage"]["input_tokens"] > 0
    assert run["cost_usd"] == "0"
    assert posts == (0 if way == BUILT_IN else 1 if way.is_hosted else 2)


def test_the_plain_report_tells_what_the_server_did(toy: ToyOpenAI, profile: Path) -> None:
    toy.fail(faults.RateLimited("20", "ms"), on="POST /responses")
    toy.fail(faults.NoTerminal(), on="POST /responses", after=2)
    mail = profile.parent / "mail.eml"
    done = iaposte("draft", mail, "--assistant", RESPONSES.name, profile=profile)
    assert done.returncode == 1
    assert "It was interrupted: this is the text so far." in done.stderr
    assert "waited for the server" in done.stdout
    assert "A refund takes ten working days" in done.stdout
    assert "toy-1" in done.stdout
    assert "no language model" not in done.stdout


class TestKilled:
    @pytest.mark.parametrize("way", [BACKGROUND, ASSISTANTS], ids=lambda way: way.name)
    @pytest.mark.parametrize("moment", ["search", "text"])
    def test_what_the_server_still_has_goes_on_and_nothing_is_asked_twice(
        self, undisturbed: Callable[[Way], tuple[Told, int]], toy: ToyOpenAI, profile: Path, way: Way, moment: str
    ) -> None:
        """Killed before the model has asked for its search, or while it writes."""
        whole, posts = undisturbed(way)
        before, submitted = generating_posts(toy), toy.count("POST", SUBMIT)
        if moment == "search":
            toy.hold(after=4)
            toy.assistants.step_seconds = FOR_EVER
            killed(profile, way, lambda: journaled(profile, "run_started") == 1)
        elif way == BACKGROUND:
            toy.hold(after=40)
            killed(profile, way, lambda: journaled(profile, "text_added") > 0)
        else:
            toy.assistants.step_seconds = 0.5
            killed(profile, way, lambda: toy.count("POST", SUBMIT) > submitted)
        toy.assistants.step_seconds = 0.01
        toy.release()
        # A start that ends at once takes nothing from the next one.
        left = asyncio.run(started(profile))
        assert (len(left.resumed), left.runs) == (1, ())

        resumed = draft(profile, way, told="so it goes on")
        assert resumed["text"] == whole["text"]
        assert resumed["citations"] == [
            {**citation, "store_id": found["store_id"], "file_id": found["file_id"]}
            for citation, found in zip(whole["citations"], resumed["citations"], strict=True)
        ]
        assert resumed["usage"] == whole["usage"]
        assert generating_posts(toy) - before == posts

    @pytest.mark.parametrize("way", [RESPONSES, CHAT], ids=lambda way: way.name)
    def test_what_no_server_has_is_interrupted_and_keeps_its_text(
        self, undisturbed: Callable[[Way], tuple[Told, int]], toy: ToyOpenAI, profile: Path, way: Way
    ) -> None:
        whole, posts = undisturbed(way)
        before = generating_posts(toy)
        toy.hold(after=40)
        killed(profile, way, lambda: journaled(profile, "text_added") > 0)
        toy.release()
        recovered = asyncio.run(started(profile))
        assert recovered.resumed == ()
        (run,) = recovered.runs
        assert (run.status, run.incomplete_reason) == (RunStatus.INTERRUPTED, "program_ended")
        assert run.text
        assert whole["text"].startswith(run.text)
        assert generating_posts(toy) - before == posts


async def started(profile: Path) -> Recovered:
    """What the next start finds."""
    with session(Profile.at(profile)) as held:
        program = await held.open_program()
        try:
            return await program.recover()
        finally:
            await program.aclose()


def test_one_draft_with_another_model_and_more_to_follow(profile: Path, toy: ToyOpenAI) -> None:
    before = len(toy.requests)
    other = ("--model", "responses/toy-reasoning-1", "--instructions", "Mention the parcel.")
    done = iaposte(*arguments(profile, BUILT_IN), *other, profile=profile)
    assert done.returncode == 0, done.stderr
    sent = next(each.json for each in toy.requests[before:] if each.path == "/responses")
    assert sent is not None
    assert sent["model"] == "toy-reasoning-1"
    assert "Mention the parcel." in sent["instructions"]
