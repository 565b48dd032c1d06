from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.unit.workspace.samples import customer, thread

if TYPE_CHECKING:
    from iaposte_desktop.workspace.workspace import SqlWorkspace


@pytest.fixture
async def with_thread(workspace: SqlWorkspace) -> SqlWorkspace:
    """A workspace that holds `cust_1` and their `thread_1`."""
    await workspace.customers.save(customer())
    await workspace.threads.save(thread())
    return workspace
