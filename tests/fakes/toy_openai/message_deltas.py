"""An answer of the toy model as the pieces of an assistant's message, citation marks and all."""

from __future__ import annotations

from collections.abc import Iterator

from tests.fakes.toy_openai.cursor_pages import Body
from tests.fakes.toy_openai.model import Answer, pieces


def deltas(answer: Answer) -> list[Body]:
    """The blocks of `thread.message.delta` events, in their order."""
    if answer.refusal:
        return [{"index": 0, "type": "refusal", "refusal": piece} for piece in pieces(answer.refusal)]
    return list(_text_deltas(answer))


def add_delta(message: Body, delta: Body) -> None:
    kind = delta["type"]
    if not message["content"]:
        empty = "" if kind == "refusal" else {"value": "", "annotations": []}
        message["content"].append({"type": kind, kind: empty})
    block = message["content"][0]
    if kind == "refusal":
        block["refusal"] += delta["refusal"]
        return
    block["text"]["value"] += delta["text"]["value"]
    for annotation in delta["text"]["annotations"]:
        block["text"]["annotations"].append({name: value for name, value in annotation.items() if name != "index"})


def _text_deltas(answer: Answer) -> Iterator[Body]:
    """Indices of annotations count characters of the whole text, marks included."""
    read, written = 0, 0
    for number, citation in enumerate(answer.citations):
        before = answer.text[read : citation.index]
        yield from map(_delta, pieces(before))
        mark = f"【4:{number}†{citation.filename}】"
        start = written + len(before)
        annotation = {
            "index": number,
            "type": "file_citation",
            "text": mark,
            "start_index": start,
            "end_index": start + len(mark),
            "file_citation": {"file_id": citation.file_id},
        }
        yield _delta(mark, annotation)
        read, written = citation.index, start + len(mark)
    yield from map(_delta, pieces(answer.text[read:]))


def _delta(value: str, *annotations: Body) -> Body:
    return {"index": 0, "type": "text", "text": {"value": value, "annotations": list(annotations)}}
