"""PPTX: slide by slide under its title, tables row by row, the speaker's notes last. Hidden slides are left out."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from iaposte_desktop.engine.extraction.blocks import Progress
from iaposte_desktop.engine.extraction.flow import Flow
from iaposte_desktop.engine.extraction.office_text import OfficeText
from iaposte_desktop.engine.extraction.xml_events import feed_xml
from iaposte_desktop.engine.extraction.zip_guard import open_package, read_member

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Mapping
    from pathlib import Path

    from iaposte_desktop.engine.extraction.blocks import Extracted

_PRESENTATION = "ppt/presentation.xml"
_MOST_SLIDES = 5_000
_TITLES = frozenset({"title", "ctrTitle"})
# On every slide alike, or a picture of the slide.
_FURNITURE = frozenset({"dt", "ftr", "hdr", "sldNum", "sldImg"})
_BREAKS = {"br": "\n", "tab": "\t"}


def extract(path: Path) -> Extracted:
    """A slide's number is its `page`; hidden ones count, as they do in the program that shows them."""
    with open_package(path, _PRESENTATION) as package:
        parts = _slide_parts(package)
        for number, part in enumerate(parts, 1):
            flow = Flow(number)
            slide = _Slide(flow)
            feed_xml(read_member(package, part), slide)
            if slide.is_hidden:
                continue
            flow.flush()
            for notes in _related(package, part, "notesSlide").values():
                feed_xml(read_member(package, notes), _Slide(flow, is_notes=True))
            yield from flow.blocks
            yield Progress(number / len(parts))


def _slide_parts(package: zipfile.ZipFile) -> list[str]:
    """In the order of the show."""
    listed = _SlideList()
    feed_xml(read_member(package, _PRESENTATION), listed)
    slides = _related(package, _PRESENTATION, "slide")
    return [slides[name] for name in dict.fromkeys(listed.names) if name in slides][:_MOST_SLIDES]


def _related(package: zipfile.ZipFile, part: str, kind: str) -> dict[str, str]:
    """Id → part, of the parts of that kind which `part` names and the package has."""
    folder, name = posixpath.split(part)
    relations = f"{folder}/_rels/{name}.rels"
    if relations not in package.NameToInfo:
        return {}
    found = _Relations(kind)
    feed_xml(read_member(package, relations), found)
    parts = {key: posixpath.normpath(posixpath.join("/", folder, to))[1:] for key, to in found.targets}
    return {key: to for key, to in parts.items() if to in package.NameToInfo}


class _Quiet:
    """Takes elements' starts alone."""

    def end(self, name: str) -> None:
        pass

    def text(self, text: str) -> None:
        pass


class _SlideList(_Quiet):
    def __init__(self) -> None:
        self.names: list[str] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "sldId":
            self.names.append(attributes.get("id", ""))


class _Relations(_Quiet):
    def __init__(self, kind: str) -> None:
        self.targets: list[tuple[str, str]] = []
        self._kind = kind

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        is_inside = attributes.get("TargetMode") != "External"
        if name == "Relationship" and is_inside and attributes.get("Type", "").endswith(f"/{self._kind}"):
            self.targets.append((attributes.get("Id", ""), attributes.get("Target", "")))


class _Slide(OfficeText):
    """The paragraphs of a shape are the lines of one block. Notes are those of the body; the rest repeats the slide."""

    def __init__(self, flow: Flow, *, is_notes: bool = False) -> None:
        super().__init__(flow, _BREAKS, {"Fallback"})
        self.is_hidden = False
        self._is_notes = is_notes
        self._kind = ""
        self._shape: list[str] = []

    def started(self, name: str, attributes: Mapping[str, str]) -> None:
        match name:
            case "sld":
                self.is_hidden = attributes.get("show", "1") in {"0", "false"}
            case "sp":
                self._kind, self._shape = "", []
            case "ph":
                self._kind = attributes.get("type", "body")

    def end(self, name: str) -> None:
        super().end(name)
        if name == "sp" and not self.is_skipping:
            self._end_shape()

    def paragraph(self, text: str) -> None:
        if self.flow.is_in_table:
            self.flow.paragraph(text)
        else:
            self._shape.append(text.strip())

    def _end_shape(self) -> None:
        lines, self._shape = filter(None, self._shape), []
        if self._kind in _FURNITURE or (self._is_notes and self._kind != "body"):
            return
        is_title = self._kind in _TITLES
        self.flow.paragraph((" " if is_title else "\n").join(lines), 1 if is_title else None)
