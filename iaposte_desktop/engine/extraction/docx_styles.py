"""Which paragraph styles of a DOCX are headings, under whatever name the user's language gives them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from iaposte_desktop.engine.extraction.headings import built_in_level
from iaposte_desktop.engine.extraction.xml_events import feed_xml

_BODY_LEVEL = 10


@dataclass(frozen=True, slots=True)
class ParagraphStyles:
    """`levels`: style id → heading level, 0 being the document's title. `lists`: ids of styles of list items."""

    levels: Mapping[str, int]
    lists: frozenset[str]


@dataclass(slots=True)
class _Style:
    level: int | None = None
    is_list: bool = False
    based_on: str = ""


def read_styles(data: bytes) -> ParagraphStyles:
    """Raises JobRefused."""
    handler = _Styles()
    feed_xml(data, handler)
    lines = {style_id: list(_ancestry(style_id, handler.found)) for style_id in handler.found}
    levels = {style_id: next((s.level for s in line if s.level is not None), None) for style_id, line in lines.items()}
    return ParagraphStyles(
        levels={style_id: level for style_id, level in levels.items() if level is not None and level < _BODY_LEVEL},
        lists=frozenset(style_id for style_id, line in lines.items() if any(style.is_list for style in line)),
    )


def _ancestry(style_id: str, styles: Mapping[str, _Style]) -> Iterator[_Style]:
    """The style and those it is based on."""
    seen: set[str] = set()
    while style_id in styles and style_id not in seen:
        seen.add(style_id)
        yield styles[style_id]
        style_id = styles[style_id].based_on


class _Styles:
    def __init__(self) -> None:
        self.found: dict[str, _Style] = {}
        self._style = _Style()

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        value = attributes.get("val", "")
        match name:
            case "style":
                self._style = _Style()
                if attributes.get("type") == "paragraph":
                    self.found[attributes.get("styleId", "")] = self._style
            case "name":
                level = built_in_level(value)
                self._style.level = self._style.level if level is None else level
            case "basedOn":
                self._style.based_on = value
            case "numPr":
                self._style.is_list = True
            case "outlineLvl" if value.isdecimal() and self._style.level is None:
                self._style.level = int(value) + 1
            case _:
                pass

    def end(self, name: str) -> None:
        pass

    def text(self, text: str) -> None:
        pass
