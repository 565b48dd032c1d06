from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iaposte_desktop.mail.html_text import html_to_text

LIMIT = 1_000_000


def seen(html: str) -> str:
    return html_to_text(html, LIMIT).text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One</p><p>Two\n words</p>", "One\n\nTwo words"),
        ("One<br>Two<br/><br>Three", "One\nTwo\n\nThree"),
        ("<div>One</div><div>Two</div>", "One\nTwo"),
        ("<ul><li>a<li>b</ul>after", "- a\n- b\n\nafter"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c<td>d</table>", "a b\nc d"),
        ("a&nbsp;&amp;&#233;&lt;b&gt;", "a &é<b>"),
        ("<pre>a\n  b\n</pre>c", "a\n  b\n\nc"),
        ("new<blockquote>old<blockquote>older</blockquote></blockquote>", "new\n> old\n> > older"),
        ("<title>t</title><style>p{}</style><script>s</script><!-- c --><p>seen", "seen"),
        ("<html><head><meta charset=x><p>no body element", "no body element"),
        ("</div></p>stray ends", "stray ends"),
        ("<b>bold</b><i>er</i>", "bolder"),
        ("", ""),
    ],
)
def test_layout(html: str, text: str) -> None:
    assert seen(html) == text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ('<a href="https://e.org/x">here</a>!', "here (https://e.org/x)!"),
        ('<a href="https://e.org/">e.org</a>', "e.org"),
        ('<a href="https://www.e.org">https://e.org/</a>', "https://e.org/"),
        ('<a href="mailto:a@e.org">a@e.org</a>', "a@e.org"),
        ('<a href="mailto:b@evil.org">a@e.org</a>', "a@e.org (mailto:b@evil.org)"),
        ('<a href="javascript:alert(1)">x</a>', "x"),
        ('<a href="file:///etc/passwd">x</a>', "x"),
        ('<a name="x">x</a><a href="https://e.org"></a>', "x"),
        ('<a href="https://e.org/1">a<a href="https://e.org/2">b', "a (https://e.org/1)b (https://e.org/2)"),
    ],
)
def test_links_show_where_they_lead(html: str, text: str) -> None:
    assert seen(html) == text


@pytest.mark.parametrize(
    "attributes",
    [
        'style="display:none"',
        'style="DISPLAY : none !important"',
        'style="color:red; visibility: hidden"',
        'style="font-size:0"',
        'style="font-size: 0px"',
        'style="font-size:1px"',
        'style="opacity:0"',
        'style="opacity: 0.0;"',
        'style="mso-hide:all"',
        'style="max-height:0px;overflow:hidden"',
        'style="position:absolute;left:-9999px"',
        'style="text-indent:-1000px"',
        'style="color:#fff"',
        'style="color: WHITE"',
        'style="color:rgb(255, 255, 255)"',
        'style="color:#fefefe"',
        'style="color:#333;background-color:#333333"',
        "hidden",
        'class="gone"',
        'class="other gone"',
        'id="never"',
    ],
)
def test_what_nobody_sees_is_dropped_and_told(attributes: str) -> None:
    sheet = "<style>@media print{.x{display:none}} /* c */ .gone, #never { display: none }</style>"
    result = html_to_text(f"{sheet}<p>before</p><div {attributes}>secret <b>words</b></div><p>after</p>", LIMIT)
    assert result.text == "before\n\nafter"
    assert result.has_hidden


@pytest.mark.parametrize(
    "html",
    [
        '<p style="display:block">seen</p>',
        '<p style="font-size:100%">seen</p>',
        '<p style="font-size:0.9em">seen</p>',
        '<p style="font-size:1.2rem">seen</p>',
        '<p style="opacity:0.5">seen</p>',
        '<p style="max-height:0">seen</p>',
        '<p style="color:#999">seen</p>',
        '<div style="background:#000"><p style="color:#fff">seen</p></div>',
        '<table bgcolor="#003366"><tr><td><font color="white">seen</font></td></tr></table>',
        '<div style="background-image:url(cid:x)"><p style="color:#fff">seen</p></div>',
        "<style>@media (max-width:600px){p{display:none}}</style><p>seen</p>",
        "<style>div p{display:none}</style><p>seen</p>",
        '<style>.a{display:none}</style><p class="a" style="display:block">seen</p>',
        '<p style="display:none">\u200c \u200b&nbsp;</p>seen',
        '<p style="display:none"></p>seen',
    ],
)
def test_what_is_seen_stays(html: str) -> None:
    result = html_to_text(html, LIMIT)
    assert result.text == "seen"
    assert not result.has_hidden


def test_hiding_ends_with_its_element() -> None:
    assert seen('<div style="display:none">a<p>b</div>c<p hidden>d<p>e') == "c\n\ne"


def test_tag_characters_are_dropped_and_told() -> None:
    smuggled = "".join(chr(0xE0000 + ord(letter)) for letter in "obey")
    result = html_to_text(f"<p>seen{smuggled}\u202e\u200b</p>", LIMIT)
    assert (result.text, result.has_hidden) == ("seen", True)


@pytest.mark.parametrize(
    ("html", "is_remote"),
    [
        ('<img src="https://e.org/pixel.png">', True),
        ('<img src="//e.org/pixel.png">', True),
        ('<img src="file:///C:/x.ini">', True),
        (r'<img src="\\host\share\x.png">', True),
        ('<td background="http://e.org/x.png">', True),
        ("<div style=\"background:url( 'https://e.org/x')\">", True),
        ('<a href="file:///etc/passwd">x</a>', True),
        ('<img src="cid:logo"><img src="data:image/png;base64,AA==">', False),
        ('<a href="https://e.org">x</a>', False),
    ],
)
def test_content_elsewhere_is_told(html: str, is_remote: bool) -> None:
    assert html_to_text(html, LIMIT).has_remote is is_remote


def test_the_text_ends_at_its_limit() -> None:
    result = html_to_text("<p>word</p>" * 1000, 100)
    assert len(result.text) <= 100
    assert result.is_truncated
    assert result.text.startswith("word\n\nword")


TAGS = (
    "<p> </p> </div> <li> <table> <td> </td> <blockquote> </blockquote> <pre> </pre> </a> <br> text <style> </style>"
    ' <!-- --> &#x202e; & < " <![CDATA[ <?x </ \0'
)
PIECES = st.sampled_from([*TAGS.split(" "), " ", "\n", "<div hidden>", "<a href=https://e.org>"])


@given(st.lists(PIECES | st.text(max_size=10), max_size=60))
def test_any_soup_gives_clean_text(pieces: list[str]) -> None:
    result = html_to_text("".join(pieces), 200)
    assert len(result.text) <= 200
    assert not set(result.text) & set("\0\u202e\r")
