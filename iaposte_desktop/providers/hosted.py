"""What a server's own search brings, and who knows where that stands in its files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Protocol

from iaposte_desktop.domain.knowledge import Attribute, Passage

if TYPE_CHECKING:
    from collections.abc import Sequence

_OF_CHUNKS: Final = frozenset({"file_id", "filename", "document_id"})
"""What OGX adds to the attributes of the chunks of a file."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A chunk that was found. `score` is as the server tells it, which need not end at 1."""

    file_id: str
    file_name: str
    text: str
    score: float
    attributes: Mapping[str, Attribute] = field(default_factory=dict)

    @property
    def bounded_score(self) -> float:
        """0 to 1."""
        return min(1.0, max(0.0, self.score))


class HostedPassages(Protocol):
    async def placed(self, hits: Sequence[Hit], store_ids: Sequence[str]) -> tuple[Passage, ...]:
        """The hits in their order, each with its store (one of `store_ids`) and its offsets; `start` and `end` are 0
        where the offsets are not known. Never raises."""
        ...


async def passages_of(
    hits: Sequence[Hit], store_ids: Sequence[str], stores: HostedPassages | None
) -> tuple[Passage, ...]:
    """As `stores` places them. Without it they are of the first store; whether that is internal nobody knows then, so
    that its text is not for customers."""
    if stores is not None:
        return await stores.placed(hits, store_ids)
    store_id = next(iter(store_ids), "")
    return tuple(
        Passage(
            store_id,
            hit.file_id,
            hit.file_name,
            hit.text,
            start=0,
            end=0,
            score=hit.bounded_score,
            is_internal=True,
            attributes=hit.attributes,
        )
        for hit in hits
    )


def hit_of(file_id: str, file_name: str, text: str, score: object, attributes: Mapping[str, Any] | None = None) -> Hit:
    """As a server tells it: some name the chunk's document by an id of its own, and the file among the attributes."""
    told = attributes or {}
    number = float(score) if isinstance(score, int | float) else 0.0
    return Hit(file_id_of(file_id, told), file_name, text, number, attributes_of(told))


def file_id_of(named: str, attributes: Mapping[str, Any]) -> str:
    of_file = attributes.get("file_id")
    return of_file if of_file and isinstance(of_file, str) and not named.startswith("file") else named


def attributes_of(told: Mapping[str, Any]) -> dict[str, Attribute]:
    """Without what a server has added to them."""
    added = _OF_CHUNKS if "file_id" in told else frozenset()
    return {
        key: value for key, value in told.items() if isinstance(value, str | float | int | bool) and key not in added
    }
