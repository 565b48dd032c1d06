"""`iaposte stores test` and `iaposte stores health`, over the real program."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner, Result

from iaposte_desktop.cli.app import app
from iaposte_desktop.domain.ports.vector_stores import StoreDetails
from iaposte_desktop.faces import FACES

if TYPE_CHECKING:
    from pathlib import Path

PROFILE = "profile"


def iaposte(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["--profile", str(folder / PROFILE), "stores", *arguments], obj=FACES)


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A profile with one store that holds a file, and one that could not be read."""
    monkeypatch.setenv("IAPOSTE_LANGUAGE", "en")
    note = tmp_path / "refund.md"
    note.write_text("# Refunds\n\nA refund takes ten days.\n", "utf-8")

    async def furnish() -> None:
        async with FACES.program(tmp_path / PROFILE) as opened:
            store = await opened.program.knowledge.create(StoreDetails("Shop"))
            await opened.program.knowledge.upload(store.id, [note, tmp_path / "missing.md"])

    asyncio.run(furnish())
    return tmp_path


def with_test(folder: Path, query: str) -> None:
    async def add() -> None:
        async with FACES.program(folder / PROFILE) as opened:
            (store,) = await opened.program.knowledge.stores()
            await opened.program.search_tests.add(store.id, query, "refund.md")

    asyncio.run(add())


def test_tests_that_pass(shop: Path) -> None:
    with_test(shop, "when is my refund")
    done = iaposte(shop, "test", "shop")
    assert (done.exit_code, done.stdout) == (
        0,
        "passed, rank 1: “when is my refund” finds refund.md\n1 passed, 0 failed\n",
    )


def test_one_that_fails_is_an_exit_code(shop: Path) -> None:
    with_test(shop, "zeppelin")
    done = iaposte(shop, "test", "--json")
    assert done.exit_code == 1
    assert json.loads(done.stdout) == [
        {"store": "Shop", "query": "zeppelin", "file": "refund.md", "passed": False, "rank": None}
    ]


def test_no_tests_and_no_such_store(shop: Path) -> None:
    assert iaposte(shop, "test").exit_code == 0
    refused = iaposte(shop, "test", "Nowhere")
    assert (refused.exit_code, "no vector store “Nowhere”" in refused.stderr) == (1, True)


def test_health_names_what_needs_a_hand(shop: Path) -> None:
    done = iaposte(shop, "health")
    assert (done.exit_code, done.stdout) == (0, "Shop\n  Could not be read (1)\n    missing.md\n")


def test_health_as_json(shop: Path) -> None:
    (report,) = json.loads(iaposte(shop, "health", "Shop", "--json").stdout)
    assert (report["store"], report["failed"], report["unanswered"]) == ("Shop", ["missing.md"], [])


@pytest.mark.expected_log("synonyms.json cannot be read")
def test_the_synonyms_and_a_list_that_was_damaged(shop: Path) -> None:
    done = iaposte(shop, "synonyms", "--json")
    assert ["colis", "paquet", "parcel", "package"] in json.loads(done.stdout)
    (shop / PROFILE / "config" / "synonyms.json").write_text("[", "utf-8")
    done = iaposte(shop, "synonyms")
    assert "colis, paquet, parcel, package\n" in done.stdout
    assert "synonyms.damaged-" in done.stderr.replace("\n", "")
