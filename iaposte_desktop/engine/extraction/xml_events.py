"""XML as a flat stream of events: no tree in memory, no document type, no entities of its own, no endless depth."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol
from xml.parsers import expat

from iaposte_desktop.domain.errors import FileProblem
from iaposte_desktop.engine.extraction.blocks import refused

if TYPE_CHECKING:
    from collections.abc import Mapping

MAX_DEPTH = 500
_SLICE_BYTES = 65_536


class XmlHandler(Protocol):
    """Names come without their namespace; of two attributes that differ in it alone, the one that has it counts."""

    def start(self, name: str, attributes: Mapping[str, str]) -> None: ...

    def end(self, name: str) -> None: ...

    def text(self, text: str) -> None: ...


def feed_xml(data: bytes, handler: XmlHandler) -> None:
    """Raises JobRefused."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    depth = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > MAX_DEPTH:
            raise refused(FileProblem.TOO_COMPLEX, f"XML nested deeper than {MAX_DEPTH}")
        handler.start(_local(name), _without_namespaces(attributes))

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        handler.end(_local(name))

    def refuse_doctype(*_: object) -> None:
        raise refused(FileProblem.TOO_COMPLEX, "XML with a document type")

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = handler.text
    parser.StartDoctypeDeclHandler = refuse_doctype
    try:
        for at in range(0, len(data), _SLICE_BYTES):
            parser.Parse(data[at : at + _SLICE_BYTES], False)
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError) as error:
        raise refused(FileProblem.DAMAGED, str(error)) from error


def _without_namespaces(attributes: Mapping[str, str]) -> dict[str, str]:
    named = {_local(key): value for key, value in attributes.items()}
    if len(named) < len(attributes):
        named |= {_local(key): value for key, value in attributes.items() if " " in key}
    return named


def _local(name: str) -> str:
    return name.rpartition(" ")[2]
