"""Measure the search end to end: each document added as a file, each query through `VectorStores.search`.

    .venv/bin/python benchmarks/eval.py [--set fr-piaf-dev]

Prints nDCG@10 of the embedded engine, of FTS5 as it comes (unicode61, OR) on the same documents, and of the engine
on the same queries typed with errors. Below it, the same queries paired: by how much the engine is ahead of FTS5 and
how much errors cost it, each with a 95 % interval and a two-sided p by bootstrap. Ends with 1 where errors cost more
than TYPO_COST. The sets lie beside the repository, in ../shared/eval.
"""

from __future__ import annotations

import argparse
import asyncio
import gzip
import json
import math
import random
import re
import sys
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import apsw

from iaposte_desktop.domain.knowledge import FileStatus, FileToAdd, UploadStage
from iaposte_desktop.domain.ports.vector_stores import StoreDetails
from iaposte_desktop.engine.stores import EmbeddedVectorStores
from iaposte_desktop.engine.text.synonyms import SynonymTable
from iaposte_desktop.platform.isolation import WorkerProcesses
from iaposte_desktop.resources import FOLDER
from iaposte_desktop.workspace.open import open_workspace

SETS = Path(__file__).resolve().parents[2] / "shared" / "eval"
TYPO_SHARE = 0.3
TYPO_FROM_LETTERS = 4
TYPO_COST = 0.03
DEPTH = 10
RESAMPLES = 10_000
LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class EvaluationSet:
    """`relevant`: query id → document id → gain."""

    name: str
    documents: dict[str, tuple[str, str]]
    queries: dict[str, str]
    relevant: dict[str, dict[str, float]]


def load(folder: Path) -> EvaluationSet:
    with gzip.open(folder / "corpus.jsonl.gz", "rt", encoding="utf-8") as corpus:
        documents = {item["_id"]: (item["title"], item["text"]) for item in map(json.loads, corpus)}
    queries = [json.loads(line) for line in (folder / "queries.jsonl").read_text("utf-8").splitlines()]
    relevant: dict[str, dict[str, float]] = {}
    for line in (folder / "qrels.tsv").read_text("utf-8").splitlines()[1:]:
        query, document, gain = line.split("\t")
        relevant.setdefault(query, {})[document] = float(gain)
    return EvaluationSet(folder.name, documents, {query["_id"]: query["text"] for query in queries}, relevant)


def ndcg(relevant: dict[str, float], found: list[str]) -> float:
    gains = [relevant.get(document, 0.0) for document in found[:DEPTH]]
    ideal = sorted(relevant.values(), reverse=True)[:DEPTH]
    return _dcg(gains) / _dcg(ideal)


def _dcg(gains: list[float]) -> float:
    return sum((2**gain - 1) / math.log2(rank + 2) for rank, gain in enumerate(gains))


def mean(scores: list[float]) -> float:
    return sum(scores) / len(scores)


@dataclass(frozen=True, slots=True)
class Paired:
    """The mean difference of two scores of the same queries, its 95 % interval, and p of there being none."""

    mean: float
    low: float
    high: float
    p: float

    def __str__(self) -> str:
        return f"{self.mean:+.4f} [{self.low:+.4f}, {self.high:+.4f}] p {self.p:.4f}"


def paired(scores: list[float], others: list[float]) -> Paired:
    """Queries are drawn again with replacement; p is never below what so many draws can tell."""
    differences = [score - other for score, other in zip(scores, others, strict=True)]
    dice = random.Random(11)
    drawn = sorted(mean(dice.choices(differences, k=len(differences))) for _ in range(RESAMPLES))
    tail = min(sum(value <= 0 for value in drawn), sum(value >= 0 for value in drawn))
    p = min(1.0, 2 * (tail + 1) / (RESAMPLES + 1))
    return Paired(mean(differences), drawn[int(RESAMPLES * 0.025)], drawn[int(RESAMPLES * 0.975) - 1], p)


def mistype(text: str, dice: random.Random) -> str:
    """One error (a letter wrong, lost, doubled up with a stranger, or swapped) in some of the words."""
    return re.sub(r"[^\W\d_]+", lambda word: _mistype_word(word.group(), dice), text)


def _mistype_word(word: str, dice: random.Random) -> str:
    if len(word) < TYPO_FROM_LETTERS or dice.random() >= TYPO_SHARE:
        return word
    at = dice.randrange(len(word) - 1)
    letter = dice.choice(LETTERS)
    return dice.choice(
        [
            word[:at] + letter + word[at + 1 :],
            word[:at] + word[at + 1 :],
            word[:at] + letter + word[at:],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        ]
    )


def baseline(data: EvaluationSet) -> list[float]:
    """FTS5 as it comes: whole documents, unicode61, the words of the query joined by OR."""
    database = apsw.Connection(":memory:")
    database.execute("CREATE VIRTUAL TABLE documents USING fts5(id UNINDEXED, text)")
    database.executemany(
        "INSERT INTO documents VALUES(?, ?)",
        ((key, f"{title}\n{text}") for key, (title, text) in data.documents.items()),
    )
    scores = []
    for key, relevant in data.relevant.items():
        match = " OR ".join(f'"{word}"' for word in re.findall(r"\w+", data.queries[key]))
        rows = database.execute("SELECT id FROM documents WHERE documents MATCH ? ORDER BY rank LIMIT 10", (match,))
        scores.append(ndcg(relevant, [document for (document,) in rows]))
    return scores


async def add_documents(stores: EmbeddedVectorStores, data: EvaluationSet, folder: Path) -> tuple[str, dict[str, str]]:
    """The store's id, and document ids by file name."""
    by_name = {}
    for number, (key, (title, text)) in enumerate(data.documents.items()):
        path = folder / f"{number:06}.txt"
        path.write_text(f"{title}\n\n{text}", "utf-8")
        by_name[path.name] = key
    store = await stores.create(StoreDetails(data.name))
    async for event in stores.add_files(store.id, [FileToAdd(folder / name) for name in by_name]):
        if event.stage is UploadStage.DONE and event.file.status is not FileStatus.COMPLETED:
            print(f"  not indexed: {by_name[event.file.name]} ({event.file.error})")
    return store.id, by_name


SYNONYMS = SynonymTable(json.loads((FOLDER / "synonyms.json").read_text("utf-8")))


async def measure(data: EvaluationSet) -> tuple[list[float], list[float]]:
    """nDCG@10 of each query as it is, and mistyped."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        (folder / "documents").mkdir()
        workspace = await open_workspace(folder / "workspace.db", backups=folder / "backups", clock=now)
        jobs = WorkerProcesses()
        stores = EmbeddedVectorStores(folder / "engine", workspace.catalog, jobs, now, {}, SYNONYMS)
        try:
            store_id, by_name = await add_documents(stores, data, folder / "documents")
            dice = random.Random(11)
            clean, mistyped = [], []
            for key, relevant in data.relevant.items():
                for typed, scores in ((data.queries[key], clean), (mistype(data.queries[key], dice), mistyped)):
                    passages = await stores.search([store_id], typed, limit=30)
                    found = dict.fromkeys(by_name[passage.file_name] for passage in passages)
                    scores.append(ndcg(relevant, list(found)))
            return clean, mistyped
        finally:
            await stores.aclose()
            await jobs.aclose()
            await workspace.aclose()


def now() -> datetime:
    return datetime.now(UTC)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--set", action="append", help="a folder of the sets; all by default")
    chosen = parser.parse_args().set
    folders = [SETS / name for name in chosen] if chosen else sorted(path.parent for path in SETS.glob("*/qrels.tsv"))
    missing = [folder for folder in folders if not (folder / "qrels.tsv").is_file()]
    if missing or not folders:
        sys.exit(f"no evaluation set in {', '.join(map(str, missing)) or SETS}: nothing was measured")
    print(f"{'nDCG@10':20}{'documents':>10}{'queries':>9}{'engine':>9}{'mistyped':>10}{'FTS5 OR':>9}")
    costs = [report(load(folder)) for folder in folders]
    if max(costs) > TYPO_COST:
        sys.exit(f"errors of typing cost {max(costs):.4f}, more than {TYPO_COST}")


def report(data: EvaluationSet) -> float:
    """Prints the set's lines; what errors of typing cost."""
    clean, mistyped = asyncio.run(measure(data))
    plain = baseline(data)
    print(
        f"{data.name:20}{len(data.documents):10}{len(data.relevant):9}"
        f"{mean(clean):9.4f}{mean(mistyped):10.4f}{mean(plain):9.4f}"
    )
    print(f"  engine - FTS5 {paired(clean, plain)}")
    print(f"  mistyped - engine {paired(mistyped, clean)}", flush=True)
    return mean(clean) - mean(mistyped)


if __name__ == "__main__":
    main()
