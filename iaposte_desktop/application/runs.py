"""The run loop: one for every model. It searches, lets the provider generate, cites, checks and counts, and writes each
event to the journal before anyone sees it."""

from __future__ import annotations

import logging
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from iaposte_desktop.application.citing import checked, citations_of_markers
from iaposte_desktop.application.execution import Execution
from iaposte_desktop.application.marking import markers
from iaposte_desktop.application.record import Record
from iaposte_desktop.domain import events as ev
from iaposte_desktop.domain.citations import CitationMatch
from iaposte_desktop.domain.errors import Delivery, ErrorInfo, IAPosteError, ProviderError, StorageError
from iaposte_desktop.domain.ids import new_id
from iaposte_desktop.domain.reducer import reduce
from iaposte_desktop.domain.runs import StepKind, StepStatus

if TYPE_CHECKING:
    from collections.abc import Callable

    from iaposte_desktop.application.questions import Questions
    from iaposte_desktop.application.retries import Circuits
    from iaposte_desktop.application.run_orders import RunControl, RunOrder
    from iaposte_desktop.application.searching import KnowledgeSearch
    from iaposte_desktop.domain.ports.clock import Clock
    from iaposte_desktop.domain.ports.repositories import RunJournal
    from iaposte_desktop.domain.runs import Run

log = logging.getLogger(__name__)


class RunLoop:
    def __init__(
        self,
        journal: RunJournal,
        knowledge: KnowledgeSearch,
        questions: Questions,
        circuits: Circuits,
        clock: Clock,
    ) -> None:
        self._journal = journal
        self._questions = questions
        self._knowledge = knowledge
        self._circuits = circuits
        self._clock = clock

    async def run(self, order: RunOrder, on_run: Callable[[Run], None], control: RunControl) -> Run:
        """The run, ended. `on_run` hears of every journaled change, at most once a frame while text streams.

        Failures end the run as `failed`, never as an exception; setting `stop` ends it as `cancelled` with its text
        so far. Only StorageError is raised (without a journal there is no run), and CancelledError, which leaves the
        journal open for `resume` or `close_interrupted` at the next start, as a killed process does.
        """
        record = Record(order.run_id, None, self._journal, self._clock, on_run)
        await record.add(
            ev.RunQueued(
                order.thread_id,
                order.assistant.assistant_id,
                order.assistant.number,
                order.asked.model,
                order.asked.request.reply.language,
                order.overrides,
            )
        )
        return await self._finished(order, record, control)

    async def resume(self, order: RunOrder, run: Run, on_run: Callable[[Run], None], control: RunControl) -> Run:
        """Go on with a run that a killed process left at a provider that still has it: nothing is generated anew.
        Ends and raises as `run` does; where the provider has it no more, as `interrupted`."""
        record = Record(run.id, run, self._journal, self._clock, on_run)
        return await self._finished(order, record, control)

    async def close_interrupted(self, run: Run) -> Run:
        """A run that a killed process left is ended as `interrupted`, its citations checked, its text kept."""
        record = Record(run.id, run, self._journal, self._clock, lambda _: None)
        await record.add(*await proof(run, self._knowledge), ev.RunInterrupted("program_ended"))
        return record.run

    async def _finished(self, order: RunOrder, record: Record, control: RunControl) -> Run:
        execution = Execution(order, self._knowledge, self._circuits, record, control)
        try:
            end = await execution.end()
        except StorageError:
            raise
        except IAPosteError as error:
            end = ev.RunFailed(_told(error, record.run, is_remote=execution.is_remote))
        except Exception as error:
            log.exception("%s failed", record.run.id)
            end = ev.RunFailed(ErrorInfo("internal", repr(error)))
        await record.add(*await proof(record.run, self._knowledge), end)
        await self._questions.note(record.run, order.assistant.settings.vector_store_ids)
        return record.run


async def proof(run: Run, knowledge: KnowledgeSearch) -> tuple[ev.RunEvent, ...]:
    """The events of the checking step: no run ends with a citation unchecked. Empty where there is none."""
    inserted: tuple[ev.RunEvent, ...] = ()
    if found := markers(run):
        inserted = (ev.MarkersInserted(found),)
        run = reduce(run, ev.JournalEntry(run.id, run.sequence + 1, run.created_at, inserted[0]))
    added = citations_of_markers(run.text, run.sources, run.citations)
    citations = await checked((*run.citations, *added), run.sources, knowledge.content)
    if not citations:
        return inserted
    counts = Counter(citation.match for citation in citations)
    step = new_id("step")
    return (
        *inserted,
        ev.StepStarted(step, StepKind.CHECKING),
        ev.CitationsChecked(tuple(sorted(citations, key=lambda citation: citation.position))),
        ev.StepEnded(
            step,
            StepStatus.COMPLETED,
            {
                "exact": counts[CitationMatch.EXACT],
                "approximate": counts[CitationMatch.APPROXIMATE],
                "not_found": counts[CitationMatch.NOT_FOUND],
            },
        ),
    )


def _told(error: IAPosteError, run: Run, *, is_remote: bool) -> ErrorInfo:
    """A provider's error says itself what was sent; of our own we know that the rounds before it were."""
    if isinstance(error, ProviderError) or not is_remote or run.started_at is None:
        return error.info
    return replace(error.info, sent=Delivery.YES, billed=Delivery.YES)
