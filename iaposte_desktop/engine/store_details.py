"""What may be said of a store and of its files, and when a store's time is over."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from iaposte_desktop.domain.errors import InvalidValue
from iaposte_desktop.domain.json import metadata_problem

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from iaposte_desktop.domain.knowledge import Attribute, VectorStore
    from iaposte_desktop.domain.ports.vector_stores import StoreDetails

_LONGEST_EXPIRY_DAYS = 365


def is_over(store: VectorStore, now: datetime) -> bool:
    """It expired."""
    if store.expires_after is None:
        return False
    return now >= store.last_active_at + timedelta(days=store.expires_after.days)


def with_details(store: VectorStore, details: StoreDetails) -> VectorStore:
    return replace(
        store,
        name=details.name.strip(),
        is_internal=details.is_internal,
        expires_after=details.expires_after,
        metadata=dict(details.metadata or {}),
        keeps_copies=details.keeps_copies,
        takes_past_answers=details.takes_past_answers,
        embedding_model=details.embedding_model,
    )


def check_details(details: StoreDetails) -> None:
    """Raises InvalidValue."""
    if not details.name.strip():
        raise InvalidValue("name", "empty")
    if (problem := metadata_problem(details.metadata or {})) is not None:
        raise InvalidValue("metadata", problem)
    if details.expires_after is not None and not 1 <= details.expires_after.days <= _LONGEST_EXPIRY_DAYS:
        raise InvalidValue("expires_after", str(details.expires_after.days))


def check_attributes(attributes: Mapping[str, Attribute]) -> None:
    """The limits of the hosted contract, which are those of metadata. Raises InvalidValue."""
    spelled = {key: value if isinstance(value, str) else "" for key, value in attributes.items()}
    if (problem := metadata_problem(spelled)) is not None:
        raise InvalidValue("attributes", problem)
