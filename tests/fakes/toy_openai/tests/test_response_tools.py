from __future__ import annotations

import json
from typing import Any, Final

import pytest
from openai import AsyncOpenAI, BadRequestError, NotFoundError

from tests.fakes.toy_openai.model import Answer, Citation
from tests.fakes.toy_openai.server import ToyOpenAI
from tests.fakes.toy_openai.tests.exactness import exact
from tests.fakes.toy_openai.tests.played import SEARCH, played, types

RESULTS: Final = "file_search_call.results"


class TestTools:
    async def test_a_search_is_called_and_quoted(self, toy: ToyOpenAI, client: AsyncOpenAI) -> None:
        mail: Any = {"role": "user", "content": "<customer_mail>\nWhen is my refund due?\n</customer_mail>"}
        first = exact(await client.responses.create(model="toy-1", input=[mail], tools=[SEARCH], store=False))
        (call,) = first.output
        assert call.type == "function_call"
        assert (call.name, json.loads(call.arguments)) == ("search_knowledge", {"query": "When is my refund due?"})
        found = "[1] refunds.pdf, p. 2\nA refund takes ten days.\nNo longer.\n\n[2] cards.md\nGift cards never are."
        output: Any = {"type": "function_call_output", "call_id": call.call_id, "output": found}
        items: Any = [mail, call.to_dict(), output]
        second = exact(await client.responses.create(model="toy-1", input=items, tools=[SEARCH], store=False))
        assert second.output_text == "A refund takes ten days. [1]\nGift cards never are. [2]\n"
        assert toy.invalid == []

    async def test_the_answer_may_follow_by_id(self, toy: ToyOpenAI, client: AsyncOpenAI) -> None:
        first = await client.responses.create(model="toy-1", input="Refund?", tools=[SEARCH])
        call: Any = first.output[0]
        output: Any = {"type": "function_call_output", "call_id": call.call_id, "output": "[1] a.txt\nTen days."}
        second = exact(
            await client.responses.create(model="toy-1", input=[output], tools=[SEARCH], previous_response_id=first.id)
        )
        assert second.output_text == "Ten days. [1]\n"
        assert second.previous_response_id == first.id
        assert second.usage
        assert first.usage
        assert second.usage.input_tokens > first.usage.input_tokens

    async def test_an_unknown_previous_response_is_refused(self, client: AsyncOpenAI) -> None:
        with pytest.raises(BadRequestError) as caught:
            await client.responses.create(model="toy-1", input="x", previous_response_id="resp_none")
        assert caught.value.code == "previous_response_not_found"

    async def test_no_tool_is_called_where_none_may_be(self, client: AsyncOpenAI) -> None:
        response = await client.responses.create(model="toy-1", input="Refund?", tools=[SEARCH], tool_choice="none")
        assert response.output_text == "∅ Refund?\n"

    @pytest.mark.parametrize(
        ("item", "told"),
        [
            ({"type": "function_call", "call_id": "c1", "name": "a", "arguments": "{}"}, "No tool output found"),
            ({"type": "function_call_output", "call_id": "c1", "output": "x"}, "No tool call found"),
        ],
        ids=["call", "output"],
    )
    async def test_calls_and_outputs_belong_together(
        self, toy: ToyOpenAI, client: AsyncOpenAI, item: Any, told: str
    ) -> None:
        with pytest.raises(BadRequestError, match=f"{told} .*c1"):
            await client.responses.create(model="toy-1", input=[item])
        assert len(toy.invalid) == 1


class TestFileSearch:
    @pytest.fixture
    async def store_id(self, client: AsyncOpenAI) -> str:
        files = {"refunds.txt": "A refund takes ten days.\nNever more.", "cards.txt": "Gift cards: no refund."}
        ids = [
            (await client.files.create(file=(name, text.encode()), purpose="assistants")).id
            for name, text in files.items()
        ]
        store = await client.vector_stores.create(name="shop", file_ids=ids)
        batch = await client.vector_stores.file_batches.create_and_poll(store.id, file_ids=ids, poll_interval_ms=5)
        assert batch.file_counts.completed == 2
        return store.id

    async def test_its_events_hits_and_citations(self, client: AsyncOpenAI, store_id: str) -> None:
        tool: Any = {"type": "file_search", "vector_store_ids": [store_id], "max_num_results": 2}
        events = await played(client, input="refund in ten days", tools=[tool], include=[RESULTS])
        searching = ["in_progress", "searching", "completed"]
        assert types(events)[2:7] == [
            "output_item.added",
            *(f"file_search_call.{state}" for state in searching),
            "output_item.done",
        ]
        search, message = events[-1].response.output
        assert search.queries == ["refund in ten days"]
        assert [result.filename for result in search.results] == ["refunds.txt", "cards.txt"]
        assert search.results[0].text.startswith("A refund takes ten days.")
        assert search.results[0].score > search.results[1].score
        part = message.content[0]
        assert part.text == "A refund takes ten days.\nGift cards: no refund.\n"
        assert [(note.filename, part.text[: note.index]) for note in part.annotations] == [
            ("refunds.txt", "A refund takes ten days."),
            ("cards.txt", "A refund takes ten days.\nGift cards: no refund."),
        ]
        added = [event for event in events if event.type == "response.output_text.annotation.added"]
        assert [event.annotation.to_dict() for event in added] == [note.to_dict() for note in part.annotations]
        assert [event.annotation_index for event in added] == [0, 1]

    async def test_an_annotation_comes_where_it_stands(self, client: AsyncOpenAI, store_id: str) -> None:
        tool: Any = {"type": "file_search", "vector_store_ids": [store_id]}
        text = ""
        for event in await played(client, input="refund", tools=[tool]):
            if event.type == "response.output_text.delta":
                text += event.delta
            if event.type == "response.output_text.annotation.added":
                assert len(text) == event.annotation.index

    async def test_results_are_shown_where_they_are_asked_for(self, client: AsyncOpenAI, store_id: str) -> None:
        tool: Any = {"type": "file_search", "vector_store_ids": [store_id]}
        made = await client.responses.create(model="toy-1", input="refund", tools=[tool])
        plain = await client.responses.retrieve(made.id)
        full = exact(await client.responses.retrieve(made.id, include=[RESULTS]))
        found = [response.output[0].results for response in (made, plain, full)]  # type: ignore[union-attr]
        assert found[:2] == [None, None]
        assert found[2]
        assert len(found[2]) == 2

    async def test_nothing_found(self, client: AsyncOpenAI, store_id: str) -> None:
        tool: Any = {"type": "file_search", "vector_store_ids": [store_id]}
        response = exact(await client.responses.create(model="toy-1", input="zebra", tools=[tool], include=[RESULTS]))
        assert response.output[0].results == []  # type: ignore[union-attr]
        assert response.output_text == "∅ zebra\n"

    async def test_the_threshold_and_the_limit_count(self, client: AsyncOpenAI, store_id: str) -> None:
        async def count(**more: Any) -> int:
            tool: Any = {"type": "file_search", "vector_store_ids": [store_id], **more}
            made = await client.responses.create(model="toy-1", input="refund zoo", tools=[tool], include=[RESULTS])
            results: Any = made.output[0].results  # type: ignore[union-attr]
            return len(results)

        assert await count() == 2
        assert await count(max_num_results=1) == 1
        assert await count(ranking_options={"score_threshold": 1.0}) == 0

    async def test_an_unknown_store_is_refused_before_the_stream(self, client: AsyncOpenAI) -> None:
        tool: Any = {"type": "file_search", "vector_store_ids": ["vs_none"]}
        with pytest.raises(NotFoundError):
            await client.responses.create(model="toy-1", input="x", tools=[tool], stream=True)


async def test_a_citation_may_be_scripted(toy: ToyOpenAI, client: AsyncOpenAI) -> None:
    toy.model.script(
        Answer("Ten days. Or less.", citations=[Citation(9, "file-1", "a.txt"), Citation(18, "file-2", "b")])
    )
    events = await played(client)
    notes = [
        (event.annotation.file_id, event.annotation.index)
        for event in events
        if event.type.endswith("annotation.added")
    ]
    assert notes == [("file-1", 9), ("file-2", 18)]
