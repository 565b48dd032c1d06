"""Measure the built-in model's choice of sentences: how many questions have their answer in what it quotes.

    .venv/bin/python -m benchmarks.answers [--set fr-piaf-dev]

Each document is added as a file, each question searched as the model searches it, and its sentences chosen from what
was found. `passages`: the answer is in the best 3 passages, which bounds the rest. `sentences`: in the best 3
sentences of those, whatever their score (the reference is .72 for all of PIAF's questions). `quoted`: in the sentences
that a reply of medium length quotes, where the model may also say that it found nothing (`open`).

The sets lie beside the repository, in ../shared/eval; one whose answers are not words of its documents is passed over.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import re
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.eval import SETS, SYNONYMS, add_documents, load, now
from iaposte_desktop.domain.citations import Source
from iaposte_desktop.engine.model.evidence import MOST_PASSAGES, choose, pick, score_sources
from iaposte_desktop.engine.model.questions import question_of
from iaposte_desktop.engine.model.terms import language_of_text
from iaposte_desktop.engine.stores import EmbeddedVectorStores
from iaposte_desktop.platform.isolation import WorkerProcesses
from iaposte_desktop.workspace.open import open_workspace

if TYPE_CHECKING:
    from collections.abc import Sequence

PASSAGES = 6
SENTENCES = 3
FROM_DOCUMENTS = 0.5


@dataclass(frozen=True, slots=True)
class Outcome:
    """Of one question: where its answer was found, and how many words were chosen."""

    in_passages: bool
    in_sentences: bool
    in_quotes: bool
    is_open: bool
    words: int
    words_quoted: int


def answers_of(folder: Path) -> dict[str, list[str]]:
    queries = map(json.loads, (folder / "queries.jsonl").read_text("utf-8").splitlines())
    return {query["_id"]: query["answers"] for query in queries if query.get("answers")}


def holds(texts: Sequence[str], answers: Sequence[str]) -> bool:
    """Case and punctuation aside."""
    text = plain(" | ".join(texts))
    return any(plain(answer) in text for answer in answers)


def plain(text: str) -> str:
    return re.sub(r"\W+", " ", text.lower()).strip()


def outcome(text: str, sources: Sequence[Source], answers: Sequence[str]) -> Outcome:
    question = question_of(text)
    language = language_of_text(text) or "fr"
    best = [each.quote for each in pick(score_sources(question, sources, language, SYNONYMS.of), SENTENCES)]
    chosen = choose(question, sources, sentences=SENTENCES, language=language, synonyms=SYNONYMS.of)
    quoted = [each.quote for each in chosen.candidates]
    return Outcome(
        holds([source.passage.text for source in sources[:MOST_PASSAGES]], answers),
        holds(best, answers),
        holds(quoted, answers),
        not quoted,
        len(" ".join(best).split()),
        len(" ".join(quoted).split()),
    )


async def measure(folder: Path, answers: dict[str, list[str]]) -> list[Outcome]:
    data = load(folder)
    with tempfile.TemporaryDirectory() as temporary:
        home = Path(temporary)
        (home / "documents").mkdir()
        workspace = await open_workspace(home / "workspace.db", backups=home / "backups", clock=now)
        jobs = WorkerProcesses()
        stores = EmbeddedVectorStores(home / "engine", workspace.catalog, jobs, now, {}, SYNONYMS)
        try:
            store_id, _ = await add_documents(stores, data, home / "documents")
            outcomes = []
            for key, expected in answers.items():
                found = await stores.search([store_id], question_of(data.queries[key]).query, limit=PASSAGES)
                sources = [Source(number, passage) for number, passage in enumerate(found, 1)]
                outcomes.append(outcome(data.queries[key], sources, expected))
            return outcomes
        finally:
            await stores.aclose()
            await jobs.aclose()
            await workspace.aclose()


def quotes_its_documents(folder: Path, answers: dict[str, list[str]]) -> bool:
    corpus = [" ".join(texts) for texts in load(folder).documents.values()]
    text = plain(" | ".join(corpus))
    held = sum(any(plain(answer) in text for answer in expected) for expected in answers.values())
    return held >= FROM_DOCUMENTS * len(answers) > 0


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--set", action="append", help="a folder of the sets; all by default")
    chosen = parser.parse_args().set
    folders = [SETS / name for name in chosen] if chosen else sorted(path.parent for path in SETS.glob("*/qrels.tsv"))
    missing = [folder for folder in folders if not (folder / "qrels.tsv").is_file()]
    if missing or not folders:
        sys.exit(f"no evaluation set in {', '.join(map(str, missing)) or SETS}: nothing was measured")
    print(f"{'answer found in':20}{'questions':>10}{'passages':>10}{'sentences':>10}{'words':>7}", end="")
    print(f"{'quoted':>8}{'words':>7}{'open':>7}")
    for folder in folders:
        answers = answers_of(folder)
        if not quotes_its_documents(folder, answers):
            print(f"{folder.name:20} passed over: its answers are not words of its documents")
            continue
        outcomes = asyncio.run(measure(folder, answers))

        def mean(name: str, outcomes: Sequence[Outcome] = outcomes) -> float:
            return sum(getattr(each, name) for each in outcomes) / len(outcomes)

        print(
            f"{folder.name:20}{len(outcomes):10}{mean('in_passages'):10.3f}{mean('in_sentences'):10.3f}"
            f"{mean('words'):7.0f}{mean('in_quotes'):8.3f}{mean('words_quoted'):7.0f}{mean('is_open'):7.3f}"
        )


if __name__ == "__main__":
    main()
