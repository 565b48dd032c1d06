"""The composition root: the one module that knows every room. It builds the program for a profile and hands it to a
face."""

from __future__ import annotations

import logging
import os
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypedDict

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
from iaposte_desktop.domain.ports.embedder import Embedder
from iaposte_desktop.domain.ports.model_provider import ModelProvider
from iaposte_desktop.domain.ports.settings import Settings
from iaposte_desktop.domain.ports.vector_stores import VectorStores
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
from iaposte_desktop.platform.paths import Profile
from iaposte_desktop.platform.prices import PriceFiles, known_models
from iaposte_desktop.platform.secrets import KeyringSecrets
from iaposte_desktop.platform.synonyms import SynonymFiles
from iaposte_desktop.providers.connector import ProviderConnector
from iaposte_desktop.resources import FOLDER
from iaposte_desktop.workspace.open import open_workspace
from iaposte_desktop.workspace.workspace import SqlWorkspace

if TYPE_CHECKING:
    from pathlib import Path


BUILT_IN_MODEL: Final = ModelRef("embedded", "iaposte-extract-1")
EXTRACTORS: Final = {
    ".eml": "iaposte_desktop.mail.as_text:extract_job",
    ".mbox": "iaposte_desktop.mail.mbox:extract_job",
}

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Ports:
    """What is opened first and closed last. The tables are live: connections come and go in them."""

    workspace: SqlWorkspace
    jobs: WorkerProcesses
    page_jobs: WorkerProcesses
    stores: EmbeddedVectorStores
    embedders: dict[str, Embedder]
    model_providers: dict[str, ModelProvider]
    store_providers: dict[str, VectorStores]


@dataclass(frozen=True, slots=True)
class _Common:
    """What every group of use cases stands on."""

    profile: Profile
    settings: Settings
    changes: ChangeFeed
    board: TaskBoard
    circuits: Circuits
    connections: Connections
    prices: Prices


class _OfKnowledge(TypedDict):
    knowledge: Knowledge
    folders: FolderSync
    preflight: Preflight
    questions: Questions
    health: StoreHealth
    search_tests: SearchTests
    archiving: Archiving
    copying: Copying
    staging: Staging
    sources: Sources
    meaning: Meaning


class _OfThreads(TypedDict):
    threads: Threads
    drafts: Drafts
    drafting: Drafting
    notes: Notes
    past_answers: PastAnswers


async def open_program(profile: Profile, settings: Settings) -> Program:
    """Build everything on the running loop. The profile is prepared and locked by the caller.

    Raises StorageError (DiskFull, ProfileReadOnly, WorkspaceNewer, …); nothing stays open then.
    """
    async with AsyncExitStack() as stack:
        changes, table = ChangeFeed(), SynonymTable()
        synonyms = Synonyms(SynonymFiles(FOLDER / "synonyms.json", profile.synonyms_file), table, changes)
        await synonyms.load()
        ports = await _ports(profile, table, stack)
        common = await _common(profile, settings, changes, ports, stack)
        models = Models(
            ports.model_providers, common.connections, common.prices, known_models(FOLDER / "models.json"), utc_now
        )
        of_knowledge = _of_knowledge(ports, common)
        of_threads = _of_threads(ports, common, of_knowledge)
        stack.push_async_callback(of_threads["past_answers"].aclose)
        workspace = ports.workspace
        assistants = AssistantLibrary(workspace.assistants, DEFAULT_MODEL, changes, utc_now)
        sample = SampleShop(
            sample_folder(),
            of_threads["threads"],
            assistants,
            of_knowledge["knowledge"],
            workspace.customers,
            settings,
            DEFAULT_MODEL,
            utc_now,
        )
        opened = stack.pop_all()
        return Program(
            **of_knowledge,
            **of_threads,
            assistants=assistants,
            synonyms=synonyms,
            connections=common.connections,
            models=models,
            prices=common.prices,
            board=common.board,
            sample=sample,
            changes=changes,
            repaired=Repaired(workspace.repair.kept_at, workspace.repair.source) if workspace.repair else None,
            on_error=_log_error,
            close=opened.aclose,
        )


async def _ports(profile: Profile, table: SynonymTable, stack: AsyncExitStack) -> _Ports:
    workspace = await open_workspace(profile.workspace_db, backups=profile.backups, clock=utc_now)
    stack.push_async_callback(workspace.aclose)
    # On two cores a second worker takes the window's: its worst gap doubled, and files were no sooner ready.
    jobs = WorkerProcesses(size=2 if (os.cpu_count() or 1) > 2 else 1)
    stack.push_async_callback(jobs.aclose)
    # Started when a page is first looked at: whoever checks a source does not wait until files are read.
    page_jobs = WorkerProcesses(size=1)
    stack.push_async_callback(page_jobs.aclose)
    embedders: dict[str, Embedder] = {}
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
    return _Ports(workspace, jobs, page_jobs, stores, embedders, {model.name: model}, {stores.name: stores})


async def _common(
    profile: Profile, settings: Settings, changes: ChangeFeed, ports: _Ports, stack: AsyncExitStack
) -> _Common:
    circuits, secrets = Circuits(utc_now), KeyringSecrets()
    reader = EngineTextReader(ports.jobs, EXTRACTORS)
    connections = Connections(
        ConnectionsFile(profile.connections_file),
        ProviderConnector(secrets, ports.workspace.uploads, reader, utc_now),
        secrets,
        ports.model_providers,
        ports.store_providers,
        BUILT_IN_MODEL,
        circuits,
        settings,
        changes,
        ports.embedders,
    )
    stack.push_async_callback(connections.aclose)
    await connections.load()
    price_files = PriceFiles(FOLDER / "prices.json", profile.prices_file)
    prices = Prices(price_files, ports.model_providers, connections, changes, utc_now)
    await prices.load()
    board = TaskBoard(ports.workspace.tasks, changes, utc_now)
    return _Common(profile, settings, changes, board, circuits, connections, prices)


def _of_knowledge(ports: _Ports, common: _Common) -> _OfKnowledge:
    workspace, changes, board, connections = ports.workspace, common.changes, common.board, common.connections
    knowledge = Knowledge(ports.store_providers, ports.stores.name, workspace.catalog, board, changes, utc_now)
    questions = Questions(workspace.questions, utc_now)
    staging = Staging(common.profile.staging, knowledge)
    archives = ZipArchives(ports.jobs, utc_now)
    return {
        "knowledge": knowledge,
        "folders": FolderSync(workspace.folders, knowledge, changes, utc_now),
        "preflight": Preflight(knowledge, WorkerFileInspector(ports.jobs, EXTRACTORS), connections),
        "questions": questions,
        "health": StoreHealth(knowledge, questions, alike, utc_now),
        "search_tests": SearchTests(workspace.search_tests, knowledge, changes, utc_now),
        "archiving": Archiving(
            knowledge, archives, workspace.search_tests, connections, staging, board, changes, utc_now
        ),
        "copying": Copying(knowledge, connections, staging),
        "staging": staging,
        "sources": Sources(knowledge, workspace.catalog, PdfPageRenderer(ports.page_jobs)),
        "meaning": Meaning(knowledge, ports.stores.meaning, ports.embedders, common.prices, board, changes),
    }


def _of_threads(ports: _Ports, common: _Common, of_knowledge: _OfKnowledge) -> _OfThreads:
    workspace, changes, settings = ports.workspace, common.changes, common.settings
    knowledge, personal_data = of_knowledge["knowledge"], RulesOfPersonalData()
    drafts = Drafts(workspace.drafts, workspace.journal, changes, utc_now)
    past_answers = PastAnswers(workspace, knowledge, of_knowledge["staging"], personal_data, settings, _log_error)
    threads = Threads(workspace, WorkerMailReader(ports.jobs), drafts, past_answers, changes, utc_now)
    runs = RunLoop(workspace.journal, knowledge, of_knowledge["questions"], common.circuits, utc_now)
    return {
        "threads": threads,
        "drafts": drafts,
        "drafting": Drafting(
            workspace,
            runs,
            common.connections,
            common.prices,
            knowledge,
            drafts,
            common.board,
            settings,
            changes,
            utc_now,
        ),
        "notes": Notes(threads, knowledge, NoteFolder(common.profile.notes), personal_data),
        "past_answers": past_answers,
    }


def sample_folder() -> Path:
    return FOLDER / "sample"


def _log_error(name: str, error: BaseException) -> None:
    log.error("%s failed", name, exc_info=error)
