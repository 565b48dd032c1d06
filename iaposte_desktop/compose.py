"""The composition root: the one module that knows every room. It builds the program for a profile and hands it to a
face."""

from __future__ import annotations

import logging
import os
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING, Final

from iaposte_desktop.application.archiving import Archiving
from iaposte_desktop.application.assistants import AssistantLibrary
from iaposte_desktop.application.changes import ChangeFeed
from iaposte_desktop.application.connections import Connections
from iaposte_desktop.application.copying import Copying
from iaposte_desktop.application.drafting import Drafting
from iaposte_desktop.application.drafts import Drafts
from iaposte_desktop.application.folder_sync import FolderSync
from iaposte_desktop.application.health import StoreHealth
from iaposte_desktop.application.knowledge import Knowledge
from iaposte_desktop.application.meaning import Meaning
from iaposte_desktop.application.models import Models
from iaposte_desktop.application.notes import Notes
from iaposte_desktop.application.past_answers import PastAnswers
from iaposte_desktop.application.preflight import Preflight
from iaposte_desktop.application.pricing import Prices
from iaposte_desktop.application.program import Program, Repaired
from iaposte_desktop.application.questions import Questions
from iaposte_desktop.application.retries import Circuits
from iaposte_desktop.application.runs import RunLoop
from iaposte_desktop.application.sample import SampleShop
from iaposte_desktop.application.search_tests import SearchTests
from iaposte_desktop.application.sources import Sources
from iaposte_desktop.application.staging import Staging
from iaposte_desktop.application.synonyms import Synonyms
from iaposte_desktop.application.tasks import TaskBoard
from iaposte_desktop.application.threads import Threads
from iaposte_desktop.domain.assistants import DEFAULT_MODEL, ModelRef
from iaposte_desktop.engine.file_inspector import WorkerFileInspector
from iaposte_desktop.engine.likeness import alike
from iaposte_desktop.engine.model.provider import ExtractiveModel
from iaposte_desktop.engine.page_renderer import PdfPageRenderer
from iaposte_desktop.engine.personal_data import RulesOfPersonalData
from iaposte_desktop.engine.stores import EmbeddedVectorStores
from iaposte_desktop.engine.text.synonyms import SynonymTable
from iaposte_desktop.engine.text_reader import EngineTextReader
from iaposte_desktop.mail.reader import WorkerMailReader
from iaposte_desktop.platform.archives.zip_archives import ZipArchives
from iaposte_desktop.platform.clock import utc_now
from iaposte_desktop.platform.connections import ConnectionsFile
from iaposte_desktop.platform.isolation import WorkerProcesses
from iaposte_desktop.platform.notes import NoteFolder
from iaposte_desktop.platform.prices import PriceFiles, known_models
from iaposte_desktop.platform.secrets import KeyringSecrets
from iaposte_desktop.platform.synonyms import SynonymFiles
from iaposte_desktop.providers.connector import ProviderConnector
from iaposte_desktop.resources import FOLDER
from iaposte_desktop.workspace.open import open_workspace

if TYPE_CHECKING:
    from pathlib import Path

    from iaposte_desktop.domain.ports.embedder import Embedder
    from iaposte_desktop.domain.ports.model_provider import ModelProvider
    from iaposte_desktop.domain.ports.settings import Settings
    from iaposte_desktop.domain.ports.vector_stores import VectorStores
    from iaposte_desktop.platform.paths import Profile

BUILT_IN_MODEL: Final = ModelRef("embedded", "iaposte-extract-1")
EXTRACTORS: Final = {
    ".eml": "iaposte_desktop.mail.as_text:extract_job",
    ".mbox": "iaposte_desktop.mail.mbox:extract_job",
}

log = logging.getLogger(__name__)


async def open_program(profile: Profile, settings: Settings) -> Program:
    """Build everything on the running loop. The profile is prepared and locked by the caller.

    Raises StorageError (DiskFull, ProfileReadOnly, WorkspaceNewer, …); nothing stays open then.
    """
    async with AsyncExitStack() as stack:
        workspace = await open_workspace(profile.workspace_db, backups=profile.backups, clock=utc_now)
        stack.push_async_callback(workspace.aclose)
        # On two cores a second worker takes the window's: its worst gap doubled, and files were no sooner ready.
        jobs = WorkerProcesses(size=2 if (os.cpu_count() or 1) > 2 else 1)
        stack.push_async_callback(jobs.aclose)
        # Started when a page is first looked at: whoever checks a source does not wait until files are read.
        page_jobs = WorkerProcesses(size=1)
        stack.push_async_callback(page_jobs.aclose)
        changes, table = ChangeFeed(), SynonymTable()
        # Live, as the tables of ports below.
        embedders: dict[str, Embedder] = {}
        synonyms = Synonyms(SynonymFiles(FOLDER / "synonyms.json", profile.synonyms_file), table, changes)
        await synonyms.load()
        stores = EmbeddedVectorStores(
            folder=profile.engine_dir,
            catalog=workspace.catalog,
            jobs=jobs,
            clock=utc_now,
            extra_extractors=EXTRACTORS,
            synonyms=table,
            embedders=embedders,
        )
        stack.push_async_callback(stores.aclose)
        await stores.reconcile()
        model = ExtractiveModel(table)
        stack.push_async_callback(model.aclose)

        circuits = Circuits(utc_now)
        board = TaskBoard(workspace.tasks, changes, utc_now)
        # The live tables of ports: connections come and go in them.
        model_providers: dict[str, ModelProvider] = {model.name: model}
        store_providers: dict[str, VectorStores] = {stores.name: stores}
        secrets = KeyringSecrets()
        reader = EngineTextReader(jobs, EXTRACTORS)
        connections = Connections(
            ConnectionsFile(profile.connections_file),
            ProviderConnector(secrets, workspace.uploads, reader, utc_now),
            secrets,
            model_providers,
            store_providers,
            BUILT_IN_MODEL,
            circuits,
            settings,
            changes,
            embedders,
        )
        stack.push_async_callback(connections.aclose)
        await connections.load()
        prices = Prices(
            PriceFiles(FOLDER / "prices.json", profile.prices_file), model_providers, connections, changes, utc_now
        )
        await prices.load()
        models = Models(model_providers, connections, prices, known_models(FOLDER / "models.json"), utc_now)
        knowledge = Knowledge(store_providers, stores.name, workspace.catalog, board, changes, utc_now)
        meaning = Meaning(knowledge, stores.meaning, embedders, prices, board, changes)
        staging = Staging(profile.staging, knowledge)
        archiving = Archiving(
            knowledge,
            ZipArchives(jobs, utc_now),
            workspace.search_tests,
            connections,
            staging,
            board,
            changes,
            utc_now,
        )
        copying = Copying(knowledge, connections, staging)
        sources = Sources(knowledge, workspace.catalog, PdfPageRenderer(page_jobs))
        drafts = Drafts(workspace.drafts, workspace.journal, changes, utc_now)
        past_answers = PastAnswers(workspace, knowledge, staging, RulesOfPersonalData(), settings, _log_error)
        stack.push_async_callback(past_answers.aclose)
        threads = Threads(workspace, WorkerMailReader(jobs), drafts, past_answers, changes, utc_now)
        assistants = AssistantLibrary(workspace.assistants, DEFAULT_MODEL, changes, utc_now)
        questions = Questions(workspace.questions, utc_now)
        runs = RunLoop(workspace.journal, knowledge, questions, circuits, utc_now)
        drafting = Drafting(
            workspace,
            runs,
            connections,
            prices,
            knowledge,
            drafts,
            board,
            settings,
            changes,
            utc_now,
        )
        sample = SampleShop(
            sample_folder(), threads, assistants, knowledge, workspace.customers, settings, DEFAULT_MODEL, utc_now
        )
        opened = stack.pop_all()
        return Program(
            threads=threads,
            drafts=drafts,
            drafting=drafting,
            assistants=assistants,
            knowledge=knowledge,
            folders=FolderSync(workspace.folders, knowledge, changes, utc_now),
            preflight=Preflight(knowledge, WorkerFileInspector(jobs, EXTRACTORS), connections),
            questions=questions,
            health=StoreHealth(knowledge, questions, alike, utc_now),
            search_tests=SearchTests(workspace.search_tests, knowledge, changes, utc_now),
            archiving=archiving,
            copying=copying,
            staging=staging,
            notes=Notes(threads, knowledge, NoteFolder(profile.notes), RulesOfPersonalData()),
            sources=sources,
            past_answers=past_answers,
            synonyms=synonyms,
            meaning=meaning,
            connections=connections,
            models=models,
            prices=prices,
            board=board,
            sample=sample,
            changes=changes,
            repaired=Repaired(workspace.repair.kept_at, workspace.repair.source) if workspace.repair else None,
            on_error=_log_error,
            close=opened.aclose,
        )


def sample_folder() -> Path:
    return FOLDER / "sample"


def _log_error(name: str, error: BaseException) -> None:
    log.error("%s failed", name, exc_info=error)
