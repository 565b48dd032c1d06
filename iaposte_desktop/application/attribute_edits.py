"""Attributes of several files edited at once: what they share, and what an edit makes of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from iaposte_desktop.domain.json import METADATA_PAIRS
from iaposte_desktop.domain.knowledge import Attribute

if TYPE_CHECKING:
    from collections.abc import Sequence

    from iaposte_desktop.domain.knowledge import VectorStoreFile

AttributeEdits: TypeAlias = Mapping[str, Attribute | None]
"""Key → its value in every file from now on; None: no file has it. Keys that are not named stay as they are."""


@dataclass(frozen=True, slots=True)
class SharedAttributes:
    """`same` have one value in all files; `mixed` are the keys that some lack or that differ."""

    same: Mapping[str, Attribute]
    mixed: frozenset[str]


def shared(files: Sequence[VectorStoreFile]) -> SharedAttributes:
    every = {key for file in files for key in file.attributes}
    first = files[0].attributes
    # True == 1 in Python, and they are two values here.
    same = {
        key: first[key]
        for key in every & first.keys()
        if all(repr(file.attributes.get(key)) == repr(first[key]) for file in files)
    }
    return SharedAttributes({key: same[key] for key in first if key in same}, frozenset(every - same.keys()))


def edited(files: Sequence[VectorStoreFile], edits: AttributeEdits) -> dict[str, dict[str, Attribute]]:
    """File id → all its attributes, of the files that the edits change."""
    made = {}
    for file in files:
        merged: dict[str, Attribute | None] = {**file.attributes, **edits}
        attributes = {key: value for key, value in merged.items() if value is not None}
        if attributes != file.attributes:
            made[file.id] = attributes
    return made


def exceeds_limit(files: Sequence[VectorStoreFile], edits: AttributeEdits) -> bool:
    """A file would have more keys than a store takes."""
    return any(len(attributes) > METADATA_PAIRS for attributes in edited(files, edits).values())
