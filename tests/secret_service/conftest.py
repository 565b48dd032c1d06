"""A Secret Service of the tests' own: `make test-secrets` starts one, with a folder and a bus of its own, and sets
IAPOSTE_SECRET_SERVICE. Without that variable these tests are skipped, for the service at hand would be the user's."""

from __future__ import annotations

import os
import sys
from contextlib import closing
from typing import TYPE_CHECKING, Final

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.secret_service.service import Prompter

VARIABLE: Final = "IAPOSTE_SECRET_SERVICE"

# The libraries that talk to D-Bus are installed on Linux alone.
collect_ignore = [] if sys.platform == "linux" else ["test_keyring.py"]


@pytest.fixture(autouse=True)
def _unlocked_service() -> Iterator[None]:
    if os.environ.get(VARIABLE) != "1":
        pytest.skip("needs a Secret Service of its own: make test-secrets")
    from tests.secret_service.service import unlock

    unlock()
    yield
    unlock()


@pytest.fixture
def prompter() -> Iterator[Prompter]:
    """Whoever unlocks the keyring must ask it, and gets no answer before it is closed."""
    from tests.secret_service.service import Prompter

    with closing(Prompter()) as opened:
        yield opened
