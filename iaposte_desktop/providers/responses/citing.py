"""Citations of one round: which file each names, where in the text it stands, each once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from iaposte_desktop.domain.ports.model_provider import CitedFile
from iaposte_desktop.providers.json_fields import Json, number_in, text_in
from iaposte_desktop.providers.responses.round_text import Part

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from iaposte_desktop.providers.citation_marks import Mark


@dataclass(frozen=True, slots=True)
class _Annotation:
    """`whole`: the text that `index` points into, None for the text as it streamed."""

    file: str
    part: Part
    index: int
    whole: str | None


class Citations:
    """A citation waits until the file it names is known from a search, and its place in the text is decided."""

    def __init__(self) -> None:
        self._files: dict[str, str] = {}
        self._waiting: list[_Annotation | Mark] = []
        self._seen: set[tuple[Part, int | None]] = set()
        self._cited: set[CitedFile] = set()
        self._annotated: set[int] = set()

    def know(self, names: Iterable[str], file_id: str) -> None:
        """Servers name a file by ids of their own, too."""
        self._files |= dict.fromkeys(names, file_id)

    def annotate(self, part: Part, number: int | None, annotation: Json, whole: str | None = None) -> None:
        """`number` tells the annotations of a part apart: each comes in an event and again with its item."""
        file = text_in(annotation, "file_id")
        if annotation.get("type") != "file_citation" or not file or (part, number) in self._seen:
            return
        if number is not None:
            self._seen.add((part, number))
        index = number_in(annotation, "index")
        if index is None:
            index = len(part.raw if whole is None else whole)
        self._waiting.append(_Annotation(file, part, max(0, index), whole))

    def mark(self, marks: Iterable[Mark]) -> None:
        self._waiting += (mark for mark in marks if mark.file)

    def settled(self, *, is_end: bool = False) -> Iterator[CitedFile]:
        """At the end, an annotation's file is taken as it was named, and a mark that names none is dropped."""
        waiting, self._waiting = self._waiting, []
        for each in waiting:
            cited = self._cited_by(each, is_end=is_end)
            if cited is None:
                self._waiting.append(each)
            elif self._is_new(each, cited):
                self._cited.add(cited)
                yield cited

    def _cited_by(self, each: _Annotation | Mark, *, is_end: bool) -> CitedFile | None:
        file = self._files.get(each.file)
        if not isinstance(each, _Annotation):
            return CitedFile(file, each.position) if file else None
        if not file and not is_end:
            return None
        position = each.part.position(each.index, each.part.raw if is_end and each.whole is None else each.whole)
        return None if position is None else CitedFile(file or each.file, position)

    def _is_new(self, each: _Annotation | Mark, cited: CitedFile) -> bool:
        if isinstance(each, _Annotation):
            self._annotated.add(cited.position)
        elif cited.position in self._annotated:
            return False
        return cited not in self._cited
