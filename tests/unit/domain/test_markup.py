"""HTML read from left to right, whatever is not closed."""

from __future__ import annotations

import pytest

from iaposte_desktop.domain.markup import HtmlReader


class Heard(HtmlReader):
    def __init__(self) -> None:
        self.events: list[object] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.events.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        self.events.append(f"/{tag}")

    def handle_data(self, data: str) -> None:
        self.events.append(data)


@pytest.mark.parametrize(
    ("text", "events"),
    [
        ("a<B c='d>' E=f g>h</b >i", ["a", ("b", {"c": "d>", "e": "f", "g": None}), "h", "/b", "i"]),
        ("<br/>x", [("br", {}), "/br", "x"]),
        ("1 < 2 &amp; 3&#8364;", ["1 < 2 & 3€"]),
        ("a<!-- <b> -->c<!-->d<?x y>e<!DOCTYPE html>f", ["a", "c", "d", "e", "f"]),
        ("<script>if (a < b) '</p>'</script>x", [("script", {}), "if (a < b) '</p>'", "/script", "x"]),
        ("a<b c='never closed>d", ["a"]),
        ("a<!-- never closed <b>", ["a"]),
        ("&#" + "9" * 5_000 + ";", ["\ufffd"]),
        ("<![<![", []),
    ],
)
def test_what_is_heard(text: str, events: list[object]) -> None:
    heard = Heard()
    heard.read(text)
    assert heard.events == events


@pytest.mark.parametrize("unit", ["<a ", "<a href='", "<!--", "</", "<a b=c ", "<?", "<![", "&#1"])
def test_two_million_characters_that_are_never_closed(unit: str) -> None:
    """Hangs, and so fails by its time limit, where the time is the square of the length."""
    Heard().read(unit * (2_000_000 // len(unit)))
