"""`iaposte stores export`, `import` and `copy` over the whole program and a real server."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner, Result

from iaposte_desktop.cli.app import app
from iaposte_desktop.faces import Faces
from iaposte_desktop.launch import session
from iaposte_desktop.platform.paths import Profile
from tests.fakes.toy_openai.server import ToyOpenAI
from tests.unit.application.house import connected

if TYPE_CHECKING:
    from pathlib import Path


class Shop:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.profile = folder / "profile"

    def run(self, *arguments: object, typed: str = "") -> Result:
        environment = {"IAPOSTE_LANGUAGE": "en", "COLUMNS": "200"}
        given = ["--profile", str(self.profile), *map(str, arguments)]
        return CliRunner(env=environment).invoke(app, given, input=typed, obj=Faces())

    def stores(self) -> dict[str, int]:
        done = self.run("stores", "list", "--json")
        return {store["name"]: store["files"] for store in json.loads(done.stdout)}

    def connect(self, toy: ToyOpenAI) -> None:
        async def connect() -> None:
            with session(Profile.at(self.profile)) as held:
                program = await held.open_program()
                await connected(program, toy)
                await program.aclose()

        asyncio.run(connect())


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    made = Shop(tmp_path)
    for name in ("terms.md", "lamps.md"):
        (tmp_path / name).write_text(f"# {name}\n\nWhat {name} says.\n", "utf-8")
    assert made.run("stores", "add", "--store", "Shop", tmp_path / "terms.md", tmp_path / "lamps.md").exit_code == 0
    return made


def test_out_and_in(shop: Shop) -> None:
    archive = shop.folder / "shop.zip"
    done = shop.run("stores", "export", "Shop", archive)
    assert (done.exit_code, done.stdout) == (0, f"Written to {archive}.\n")
    done = shop.run("stores", "import", archive)
    assert (done.exit_code, done.stdout) == (0, "“Shop (2)” was imported.\n")
    assert shop.stores() == {"Shop": 2, "Shop (2)": 2}


def test_what_cannot_be_done_is_told(shop: Shop) -> None:
    done = shop.run("stores", "export", "Nowhere", shop.folder / "shop.zip")
    assert (done.exit_code, done.stderr) == (1, "There is no vector store “Nowhere”.\n")
    done = shop.run("stores", "import", shop.folder / "terms.md")
    assert done.exit_code == 1
    assert "This file is not an exported store." in done.stderr
    done = shop.run("stores", "copy", "Shop", "--to", "Nowhere")
    assert (done.exit_code, done.stderr) == (1, "There is no connection “Nowhere”.\n")


def test_to_a_server_after_a_question(shop: Shop) -> None:
    with ToyOpenAI(key=None) as toy:
        shop.connect(toy)
        done = shop.run("stores", "copy", "Shop", "--to", "team", typed="n\n")
        assert done.exit_code == 1
        assert "2 files (0.0 MB) will be sent to Team (127.0.0.1" in done.stderr
        assert toy.count("POST", "/files") == 0
        done = shop.run("stores", "copy", "Shop", "--to", "team", typed="y\n")
        assert done.exit_code == 0
        assert done.stdout.endswith("“Shop” holds 2 files now.\n")
        assert toy.count("POST", "/files") == 2
        done = shop.run("stores", "copy", "Shop", "--to", "team", "--yes")
        assert (done.exit_code, toy.count("POST", "/files")) == (0, 2)


def test_on_this_machine_without_a_question(shop: Shop) -> None:
    assert shop.run("stores", "copy", "Shop", "--to", "local").exit_code == 0
    assert shop.stores() == {"Shop": 2, "Shop (2)": 2}
