"""An exact count where the server has one; never an error."""

from __future__ import annotations

from dataclasses import replace

import pytest

from iaposte_desktop.domain.assistants import OutputFormat
from iaposte_desktop.domain.connections import Connection, ConnectionKind
from iaposte_desktop.domain.ports import model_provider as mp
from iaposte_desktop.providers.responses.background import Patience
from iaposte_desktop.providers.responses.provider import ResponsesProvider
from iaposte_desktop.providers.wire import Wire
from tests.fakes.secrets import MemorySecrets
from tests.fakes.toy_openai import faults
from tests.unit.providers.responses.conftest import CREATE, REQUEST, WITH_TOOLS, Desk, two_stores
from tests.unit.providers.responses.saying import Answers

COUNT = "POST /responses/input_tokens"


def counts(desk: Desk) -> int:
    return desk.toy.count("POST", "/responses/input_tokens")


async def test_it_is_what_the_generation_is_billed(desk: Desk) -> None:
    counted = await desk.provider.count_input_tokens(WITH_TOOLS)
    events = await desk.events(WITH_TOOLS)
    (usage,) = [event.usage for event in events if isinstance(event, mp.UsageReport)]
    assert counted == usage.input_tokens


async def test_every_kind_of_request_can_be_counted(desk: Desk) -> None:
    """The toy server refuses a field that the endpoint does not take."""
    searched = mp.HostedSearch(await two_stores(desk), 6, 0.25)
    everything = replace(
        WITH_TOOLS,
        output_format=OutputFormat.JSON,
        max_output_tokens=10,
        temperature=0.5,
        reasoning_effort="low",
        background=True,
        hosted_search=searched,
        metadata={"thread_id": "thread_1"},
    )
    assert await desk.provider.count_input_tokens(everything)


@pytest.mark.parametrize("status", [404, 405, 501])
async def test_a_server_that_has_no_count_is_asked_once(desk: Desk, status: int) -> None:
    desk.toy.fail(faults.Status(status), on=COUNT)
    for _ in range(2):
        assert await desk.provider.count_input_tokens(REQUEST) is None
    assert counts(desk) == 1


async def test_a_model_that_is_not_there_does_not_speak_for_the_server(desk: Desk) -> None:
    desk.toy.fail(faults.Status(404, "model_not_found"), on=COUNT)
    assert await desk.provider.count_input_tokens(REQUEST) is None
    assert await desk.provider.count_input_tokens(REQUEST)


@pytest.mark.parametrize(
    "fault",
    [
        faults.Status(400),
        faults.Status(401),
        faults.Status(500),
        faults.RateLimited("1"),
        faults.Reset(),
        faults.HtmlPage(),
        faults.BadJson(),
        Answers([]),
        Answers({"input_tokens": "many"}),
    ],
    ids=str,
)
async def test_whatever_fails_there_is_no_count_and_no_error(desk: Desk, fault: faults.Fault) -> None:
    desk.toy.fail(fault, on=COUNT)
    assert await desk.provider.count_input_tokens(REQUEST) is None
    assert counts(desk) == 1
    assert await desk.provider.count_input_tokens(REQUEST)


async def test_a_server_that_does_not_answer_is_not_waited_for(desk: Desk) -> None:
    desk.toy.fail(faults.Delay(3600), on=COUNT)
    provider = ResponsesProvider(desk.wire, patience=Patience(counting=0.1))
    assert await provider.count_input_tokens(REQUEST) is None


async def test_a_schema_that_is_none_has_no_count(desk: Desk) -> None:
    assert (
        await desk.provider.count_input_tokens(replace(REQUEST, output_format=OutputFormat.JSON, json_schema="{"))
        is None
    )
    assert counts(desk) == 0


async def test_without_a_key_there_is_no_count(desk: Desk) -> None:
    connection = Connection("con_2", "OpenAI", ConnectionKind.OPENAI, base_url=desk.toy.base_url)
    provider = ResponsesProvider(Wire(connection, MemorySecrets()))
    assert await provider.count_input_tokens(REQUEST) is None
    assert desk.toy.requests == []


async def test_what_a_model_does_not_take_is_left_out(desk: Desk) -> None:
    error = {"message": "No.", "param": "reasoning.effort", "code": "unsupported_parameter"}
    desk.toy.fail(Answers({"error": error}, 400), on=CREATE)
    asked = replace(REQUEST, reasoning_effort="low")
    await desk.events(asked)
    await desk.provider.count_input_tokens(asked)
    assert "reasoning" not in desk.toy.requests[-1].json
