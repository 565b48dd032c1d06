"""A message of a thread, without the marks that stand for its citations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from iaposte_desktop.domain.ports.model_provider import CitedFile
from iaposte_desktop.providers.citation_marks import Unmarking
from iaposte_desktop.providers.json_fields import number_in, object_in, objects_in, text_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iaposte_desktop.providers.json_fields import Json


@dataclass(frozen=True, slots=True)
class Written:
    """`cited` have their positions in `text`. `incomplete_reason` is empty for a whole message."""

    text: str
    cited: tuple[CitedFile, ...] = ()
    is_refusal: bool = False
    incomplete_reason: str = ""


def written_in(message: Json) -> Written:
    text = ""
    cited: list[CitedFile] = []
    is_refusal = False
    for block in objects_in(message, "content"):
        is_refusal = is_refusal or block.get("type") == "refusal"
        content = object_in(block, "text")
        clean, citations = _unmarked(text_in(content, "value"), content)
        cited += (CitedFile(citation.file_id, len(text) + citation.position) for citation in citations)
        text += clean + text_in(block, "refusal")
    reason = text_in(object_in(message, "incomplete_details"), "reason")
    return Written(text, tuple(dict.fromkeys(cited)), is_refusal, reason)


def _unmarked(value: str, content: Json) -> tuple[str, list[CitedFile]]:
    unmarking = Unmarking()
    clean = unmarking.take(value)[0] + unmarking.end()[0]
    return clean, [CitedFile(file_id, unmarking.position(index) or 0) for index, file_id in _citations(value, content)]


def _citations(value: str, content: Json) -> Iterator[tuple[int, str]]:
    """Where each citation's mark begins, and the file it stands for. Servers count indices in their own way: where the
    mark is not there, it is the next of its kind."""
    searched = 0
    for annotation in objects_in(content, "annotations"):
        file_id = text_in(object_in(annotation, "file_citation"), "file_id")
        if not file_id:
            continue
        mark, start = text_in(annotation, "text"), number_in(annotation, "start_index")
        if start is None or not 0 <= start <= len(value) or not value.startswith(mark, start):
            start = value.find(mark, searched)
        if start >= 0:
            searched = start + len(mark)
        yield (len(value) if start < 0 else start), file_id
