"""What the server finds in its own stores, and what the text says of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from iaposte_desktop.domain.ports import model_provider as mp
from tests.fakes.toy_openai.faults import Fault
from tests.fakes.toy_openai.messages import Reply
from tests.fakes.toy_openai.model import Answer, Citation
from tests.unit.providers.assistants_v2.conftest import REQUEST, STEPS, Desk, Places, text_of

REFUND = "A refund takes ten working days.\nIt reaches the account that paid."


@pytest.fixture
def places() -> Places:
    return Places()


@pytest.fixture
def request_(desk: Desk) -> mp.GenerationRequest:
    """A request to search a store that holds one file."""
    desk.toy.vector_stores.index_seconds = 0
    file = desk.toy.files.add("refund.txt", REFUND.encode())
    store = desk.toy.vector_stores.create(file_ids=[file["id"]])
    return replace(REQUEST, hosted_search=mp.HostedSearch((store.id,), 6, 0.0))


async def events_of(desk: Desk, request: mp.GenerationRequest, places: Places) -> list[mp.ProviderEvent]:
    return [event async for event in desk.opened(places).generate(request)]


async def test_it_is_told_in_its_order(desk: Desk, request_: mp.GenerationRequest, places: Places) -> None:
    kinds = [type(event) for event in await events_of(desk, request_, places)]
    assert kinds == [
        mp.Started,
        mp.Searching,
        mp.FoundPassages,
        mp.TextDelta,
        mp.CitedFile,
        mp.UsageReport,
        mp.Completed,
    ]


async def test_its_passages_have_their_places(desk: Desk, request_: mp.GenerationRequest, places: Places) -> None:
    events = await events_of(desk, request_, places)
    ((passage,),) = [event.passages for event in events if isinstance(event, mp.FoundPassages)]
    assert request_.hosted_search
    assert places.asked == [request_.hosted_search.store_ids]
    assert (passage.file_name, passage.text, passage.start) == ("refund.txt", REFUND, 7)
    assert 0 < passage.score <= 1


async def test_without_anybody_who_knows_the_places(desk: Desk, request_: mp.GenerationRequest) -> None:
    events = await desk.events(request_)
    ((passage,),) = [event.passages for event in events if isinstance(event, mp.FoundPassages)]
    assert request_.hosted_search
    assert (passage.store_id, passage.start, passage.end) == (request_.hosted_search.store_ids[0], 0, 0)


async def test_marks_are_no_text_and_citations_stand_where_they_were(
    desk: Desk, request_: mp.GenerationRequest, places: Places
) -> None:
    (file_id,) = desk.toy.files.names
    first, text = len("A refund takes ten days"), "A refund takes ten days. It goes to the account."
    citations = [Citation(first, file_id, "refund.txt"), Citation(len(text), file_id, "refund.txt")]
    desk.toy.model.script(Answer(text, citations=citations))
    events = await events_of(desk, request_, places)
    assert text_of(events) == text
    cited = [event for event in events if isinstance(event, mp.CitedFile)]
    assert cited == [mp.CitedFile(file_id, first), mp.CitedFile(file_id, len(text))]


async def test_places_count_from_the_beginning_of_the_round(
    desk: Desk, request_: mp.GenerationRequest, places: Places
) -> None:
    (file_id,) = desk.toy.files.names
    desk.toy.model.script(Answer("Ten.", commentary="Let me see.", citations=[Citation(3, file_id, "refund.txt")]))
    events = await events_of(desk, request_, places)
    (cited,) = [event for event in events if isinstance(event, mp.CitedFile)]
    assert text_of(events)[: cited.position] == "Let me see.\n\nTen"


async def test_searches_are_counted(desk: Desk, request_: mp.GenerationRequest, places: Places) -> None:
    events = await events_of(desk, request_, places)
    assert [event.usage.search_calls for event in events if isinstance(event, mp.UsageReport)] == [1]


async def test_a_search_is_told_while_it_goes_on(desk: Desk, request_: mp.GenerationRequest, places: Places) -> None:
    desk.toy.assistants.step_seconds = 2
    looks = []
    async for event in desk.opened(places).generate(request_):
        if isinstance(event, (mp.Searching, mp.FoundPassages)):
            looks.append(desk.count(STEPS))
    searching, found = looks
    assert searching < found


async def test_what_a_resumed_run_found_has_its_stores(
    desk: Desk, request_: mp.GenerationRequest, places: Places
) -> None:
    handle = await desk.started(request_)
    events = [event async for event in desk.opened(places).resume(handle)]
    assert request_.hosted_search
    assert places.asked == [request_.hosted_search.store_ids]
    assert any(isinstance(event, mp.CitedFile) for event in events)


async def test_a_search_that_brought_nothing(desk: Desk, places: Places) -> None:
    store = desk.toy.vector_stores.create()
    events = await events_of(desk, replace(REQUEST, hosted_search=mp.HostedSearch((store.id,), 6, 0.0)), places)
    assert [event for event in events if isinstance(event, (mp.Searching, mp.FoundPassages))] == [
        mp.Searching(""),
        mp.FoundPassages(()),
    ]


async def test_a_server_that_does_not_tell_what_it_found(
    desk: Desk, request_: mp.GenerationRequest, places: Places
) -> None:
    class Bare(Fault):
        def reply(self, reply: Reply) -> Reply:
            for step in reply.body["data"]:
                for call in step["step_details"].get("tool_calls", ()):
                    call["file_search"] = {}
            return reply

    desk.toy.fail(Bare(), on=STEPS, times=None)
    events = await events_of(desk, request_, places)
    assert mp.FoundPassages(()) in events
    assert events[-1] == mp.Completed()
