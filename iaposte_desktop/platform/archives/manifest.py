"""`manifest.json`: what an archive holds, as JSON. The zip's last member, so that it knows every other one's hash.

{"format": "iaposte.vector_store", "format_version": 1, "exported_at": …, "store": {…}, "search_tests": [{…}, …],
 "files": [{"name": …, "original": "originals/00001/terms.pdf", "text": "texts/00001.txt", "attributes": {…}, …}, …],
 "members": {"texts/00001.txt": {"sha256": …, "bytes": …}, …}}
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from iaposte_desktop.domain.assistants import ModelRef
from iaposte_desktop.domain.json import metadata_problem
from iaposte_desktop.domain.knowledge import ExpiresAfter
from iaposte_desktop.domain.ports.store_archives import ArchivedTest
from iaposte_desktop.domain.ports.vector_stores import StoreDetails

if TYPE_CHECKING:
    from collections.abc import Mapping

    from iaposte_desktop.domain.knowledge import Attribute, VectorStore, VectorStoreFile
    from iaposte_desktop.domain.search import SearchTest

NAME: Final = "manifest.json"
FORMAT: Final = "iaposte.vector_store"
VERSION: Final = 1
ORIGINALS: Final = "originals/"
TEXTS: Final = "texts/"
_LONGEST: Final = 512


def store_fields(store: VectorStore) -> dict[str, Any]:
    model = store.embedding_model
    return {
        "name": store.name,
        "created_at": store.created_at.isoformat(),
        "is_internal": store.is_internal,
        "expires_after_days": store.expires_after and store.expires_after.days,
        "metadata": dict(store.metadata),
        "keeps_copies": store.keeps_copies,
        "takes_past_answers": store.takes_past_answers,
        "embedding_model": model and {"provider": model.provider, "model": model.model},
    }


def file_fields(file: VectorStoreFile) -> dict[str, Any]:
    modified = file.source_modified_at
    return {
        "name": file.name,
        "sha256": file.sha256,
        "bytes": file.bytes,
        "created_at": file.created_at.isoformat(),
        "source_modified_at": modified and modified.isoformat(),
        "language": file.language,
        "attributes": dict(file.attributes),
    }


def test_fields(test: SearchTest) -> dict[str, Any]:
    return {"query": test.query, "file_name": test.file_name, "created_at": test.created_at.isoformat()}


def details_of(fields: Any) -> StoreDetails:
    """Raises ValueError, KeyError, TypeError for what is no such thing; so do those below."""
    days, model, metadata = fields["expires_after_days"], fields["embedding_model"], fields["metadata"]
    if metadata_problem(metadata) or not all(isinstance(value, str) for value in metadata.values()):
        raise ValueError("metadata")
    if days is not None and not 1 <= days <= 365:
        raise ValueError("expires_after_days")
    return StoreDetails(
        name=_text(fields["name"])[:256],
        is_internal=fields["is_internal"] is True,
        expires_after=None if days is None else ExpiresAfter(int(days)),
        metadata=metadata,
        keeps_copies=fields["keeps_copies"] is True,
        takes_past_answers=fields["takes_past_answers"] is True,
        embedding_model=model and ModelRef(_text(model["provider"]), _text(model["model"])),
    )


def test_of(fields: Any) -> ArchivedTest:
    return ArchivedTest(_text(fields["query"]), _text(fields["file_name"]))


def attributes_of(fields: Any) -> Mapping[str, Attribute]:
    attributes: dict[str, Attribute] = dict(fields)
    if not all(isinstance(value, str | float | int) for value in attributes.values()):
        raise ValueError("attributes")
    if metadata_problem({key: value if isinstance(value, str) else "" for key, value in attributes.items()}):
        raise ValueError("attributes")
    return attributes


def modified_at(fields: Any) -> float | None:
    """Seconds since the epoch."""
    told = fields["source_modified_at"]
    return None if told is None else datetime.fromisoformat(told).timestamp()


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError("not a text")
    return value[:_LONGEST]
