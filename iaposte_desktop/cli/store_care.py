"""`iaposte stores test`, `health` and `synonyms`: whether a store finds what it must, what it needs, and which words
stand for one another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from iaposte_desktop.cli.choosing import store_named
from iaposte_desktop.cli.console import EXIT_REFUSED, Invocation, err, out, print_json, refuse
from iaposte_desktop.cli.texts import text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from iaposte_desktop.application.health import HealthReport
    from iaposte_desktop.application.program import Program
    from iaposte_desktop.domain.knowledge import VectorStore
    from iaposte_desktop.domain.search import SearchTest

StoreArgument = Annotated[str | None, typer.Argument(help="Name or id of the vector store; without it, every one.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def run_tests(context: typer.Context, store: StoreArgument = None, json: JsonOption = False) -> None:
    """Run the search tests of a store. Exit code 1 when one fails."""
    invocation: Invocation = context.obj

    async def work(program: Program) -> list[tuple[VectorStore, Sequence[SearchTest]]]:
        return [(each, await program.search_tests.run(each.id)) for each in await _chosen(program, store)]

    ran = invocation.run(work)
    tests = [each for _, of_store in ran for each in of_store]
    if json:
        print_json([_test_json(chosen, each) for chosen, of_store in ran for each in of_store])
    elif not tests:
        err.print(text("no_tests"))
    else:
        for each in tests:
            out.print(_test_text(each))
        passed = sum(each.has_passed for each in tests)
        out.print(text("tests_total", passed, len(tests) - passed))
    if not all(each.has_passed for each in tests):
        raise typer.Exit(EXIT_REFUSED)


def health(context: typer.Context, store: StoreArgument = None, json: JsonOption = False) -> None:
    """What a store needs: files to mend, to renew or to remove, and questions that it could not answer."""
    invocation: Invocation = context.obj

    async def work(program: Program) -> list[tuple[VectorStore, HealthReport]]:
        return [(each, await program.health.report(each.id)) for each in await _chosen(program, store)]

    reports = invocation.run(work)
    if json:
        print_json([{"store": chosen.name, "id": chosen.id, **_lines(report)} for chosen, report in reports])
        return
    if not reports:
        err.print(text("no_stores"))
    for chosen, report in reports:
        out.print(chosen.name if report.findings else f"{chosen.name}: {text('health.well')}")
        for key, lines in _lines(report).items():
            if lines:
                out.print(f"  {text(f'health.{key}')} ({len(lines)})")
                for line in lines:
                    out.print(f"    {line}")


def synonyms(context: typer.Context, json: JsonOption = False) -> None:
    """The words that stand for one another in a search, a group a line; the window edits them."""
    invocation: Invocation = context.obj

    async def work(program: Program) -> tuple[Sequence[Sequence[str]], Path | None]:
        return program.synonyms.groups(), program.synonyms.kept_aside

    groups, kept_aside = invocation.run(work)
    if kept_aside is not None:
        err.print(text("synonyms_kept_aside", kept_aside))
    if json:
        print_json([list(group) for group in groups])
        return
    for group in groups:
        out.print(", ".join(group))


async def _chosen(program: Program, name: str | None) -> Sequence[VectorStore]:
    if name is None:
        return await program.knowledge.stores()
    store = await store_named(program, name)
    if store is None:
        raise refuse("no_such_store", name)
    return [store]


def _test_text(test: SearchTest) -> str:
    if test.rank is None:
        return text("test_failed", test.query, test.file_name)
    return text("test_passed", test.rank, test.query, test.file_name)


def _test_json(store: VectorStore, test: SearchTest) -> Mapping[str, object]:
    return {
        "store": store.name,
        "query": test.query,
        "file": test.file_name,
        "passed": test.has_passed,
        "rank": test.rank,
    }


def _lines(report: HealthReport) -> dict[str, list[str]]:
    """Each kind of finding by its key, a line a finding."""
    by_file = {
        "failed": report.failed,
        "without_text": report.without_text,
        "partly_scanned": report.partly_scanned,
        "stale": report.stale,
        "soon_stale": report.soon_stale,
        "never_cited": report.never_cited,
    }
    return {
        **{key: [file.name for file in files] for key, files in by_file.items()},
        "duplicates": [" = ".join(file.name for file in group) for group in report.duplicates],
        "unanswered": [f"{each.times} × {each.query}" for each in report.unanswered],
        "most_cited": [f"{file.citations} × {file.name}" for file in report.most_cited],
    }
