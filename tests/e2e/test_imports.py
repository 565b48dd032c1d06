"""The SDK costs one to two seconds of processor time: nobody pays for it who does not use a connection."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

from tests.fakes.toy_openai.server import ToyOpenAI

if TYPE_CHECKING:
    from pathlib import Path

SCRIPT = """
import asyncio, sys
from pathlib import Path
from iaposte_desktop.domain.connections import Connection, ConnectionKind
from iaposte_desktop.launch import session
from iaposte_desktop.platform.paths import Profile

def loaded():
    return sorted({"openai", "httpx2", "keyring", "stdnum", "phonenumbers"} & sys.modules.keys())

async def main():
    with session(Profile.at(Path(sys.argv[1]))) as held:
        program = await held.open_program()
        await program.recover()
        print("opened", loaded())
        await program.connections.save(
            Connection("con_1", "Toy", ConnectionKind.LOCAL, base_url=sys.argv[2], has_vector_stores=True)
        )
        await program.knowledge.stores()
        print("saved", loaded())
        await program.models.list()
        print("used", loaded())
        await program.aclose()

asyncio.run(main())
"""


def test_the_sdk_is_loaded_with_the_first_use_of_a_connection(tmp_path: Path) -> None:
    with ToyOpenAI(key=None) as toy:
        done = subprocess.run(
            [sys.executable, "-c", SCRIPT, str(tmp_path), toy.base_url],
            env={**os.environ, "DBUS_SESSION_BUS_ADDRESS": "disabled:"},
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
    assert done.returncode == 0, done.stderr
    opened, saved, used = done.stdout.splitlines()
    assert opened == "opened []"
    assert saved == "saved []"
    assert "openai" in used
