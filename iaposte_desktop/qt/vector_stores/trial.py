"""A trial search: the passages found with some settings, and why; and what another search makes of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from iaposte_desktop.domain.knowledge import Passage
from iaposte_desktop.domain.search import DEFAULT_SEARCH, Explanation, SearchSettings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from iaposte_desktop.application.knowledge import Knowledge


@dataclass(frozen=True, slots=True)
class Trial:
    """`threshold`: passages with a lower score are not shown."""

    settings: SearchSettings = DEFAULT_SEARCH
    threshold: float = 0.0


@dataclass(frozen=True, slots=True)
class Found:
    """`explanations` are those of the passages, in their order."""

    passages: tuple[Passage, ...] = ()
    explanations: tuple[Explanation, ...] = ()


async def found_by(knowledge: Knowledge, store_id: str, query: str, trial: Trial) -> Found:
    """On the program's loop. Raises NotFound, ProviderError."""
    passages = await knowledge.search([store_id], query, score_threshold=trial.threshold, settings=trial.settings)
    return Found(passages, await knowledge.explain(query, passages, trial.settings))


def moves(passages: Sequence[Passage], others: Sequence[Passage]) -> list[int | None]:
    """For each passage how many places higher it stands than among `others`; None where it is not among them."""
    ranks = {_place(passage): rank for rank, passage in enumerate(others)}
    places = [ranks.get(_place(passage)) for passage in passages]
    return [None if there is None else there - here for here, there in enumerate(places)]


def _place(passage: Passage) -> tuple[str, int, int, str]:
    """With the text: a hosted search may not know the offsets."""
    return passage.file_id, passage.start, passage.end, passage.text
