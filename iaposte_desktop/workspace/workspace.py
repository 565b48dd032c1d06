from __future__ import annotations

from typing import TYPE_CHECKING

from iaposte_desktop.workspace.assistants import SqlAssistants
from iaposte_desktop.workspace.catalog import SqlStoreCatalog
from iaposte_desktop.workspace.customers import SqlCustomers
from iaposte_desktop.workspace.drafts import SqlDrafts
from iaposte_desktop.workspace.folders import SqlSyncedFolders
from iaposte_desktop.workspace.journal import SqlRunJournal
from iaposte_desktop.workspace.questions import SqlQuestions
from iaposte_desktop.workspace.search_tests import SqlSearchTests
from iaposte_desktop.workspace.tasks import SqlTasks
from iaposte_desktop.workspace.threads import SqlThreads
from iaposte_desktop.workspace.uploads import SqlUploads

if TYPE_CHECKING:
    from iaposte_desktop.workspace.database import Database
    from iaposte_desktop.workspace.repair import RepairReport


class SqlWorkspace:
    """See `Workspace`. `repair` tells what was done to a damaged database at the start, None where nothing was."""

    def __init__(self, database: Database, repair: RepairReport | None) -> None:
        self.repair = repair
        self.customers = SqlCustomers(database)
        self.threads = SqlThreads(database)
        self.assistants = SqlAssistants(database)
        self.journal = SqlRunJournal(database)
        self.drafts = SqlDrafts(database)
        self.tasks = SqlTasks(database)
        self.catalog = SqlStoreCatalog(database)
        self.uploads = SqlUploads(database)
        self.search_tests = SqlSearchTests(database)
        self.questions = SqlQuestions(database)
        self.folders = SqlSyncedFolders(database)
        self._database = database

    async def aclose(self) -> None:
        """What is asked of a closed workspace raises StorageError."""
        await self._database.aclose()
