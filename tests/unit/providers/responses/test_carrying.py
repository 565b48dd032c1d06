"""What a model thought before it called a function goes back with the result of the call."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from iaposte_desktop.domain.errors import AnswerUnusable
from iaposte_desktop.domain.ports import model_provider as mp
from iaposte_desktop.providers.responses.carrying import CarriedItems
from tests.fakes.toy_openai.model import Answer, Call
from tests.unit.providers.responses.conftest import MAIL, WITH_TOOLS, Desk, those
from tests.unit.providers.responses.saying import (
    Json,
    Says,
    call,
    created,
    delta,
    done,
    ended,
    message,
    reasoning,
)


async def second_input(
    desk: Desk, *said: Any, request: mp.GenerationRequest = WITH_TOOLS, calls: Sequence[str] = ("call_1",)
) -> list[Json]:
    """What is sent after a round of these events, its calls answered; without the mail."""
    await desk.events_of(created(), *said, request=request)
    answered = [item for call_id in calls for item in exchanged(call_id)]
    await desk.events(replace(request, items=(MAIL, *answered)))
    found: list[Json] = desk.bodies[-1]["input"][1:]
    return found


def exchanged(call_id: str) -> tuple[mp.ToolCall, mp.ToolResult]:
    return mp.ToolCall(call_id, "search_knowledge", {"query": "a"}), mp.ToolResult(call_id, "[]")


def kinds(items: Sequence[Json]) -> list[str]:
    return [item["type"] for item in items]


THOUGHT = {"type": "reasoning", "id": "rs_1", "summary": [], "encrypted_content": "gAAAA"}
ASIDE = message("I look it up.", item_id="msg_0", phase="commentary")


async def test_reasoning_stands_before_the_call_it_led_to(desk: Desk) -> None:
    sent = await second_input(desk, done(reasoning()), done(call('{"query": "a"}'), 1), ended())
    assert sent[0] == THOUGHT
    assert kinds(sent) == ["reasoning", "function_call", "function_call_output"]


async def test_it_is_found_in_the_completed_response_too(desk: Desk) -> None:
    sent = await second_input(desk, ended(reasoning(), call('{"query": "a"}')))
    assert sent[0] == THOUGHT


async def test_the_finished_item_is_believed_before_the_response(desk: Desk) -> None:
    output = [reasoning(encrypted=None), call('{"query": "a"}')]
    sent = await second_input(desk, done(reasoning()), done(call('{"query": "a"}'), 1), ended(*output))
    assert sent[0] == THOUGHT


async def test_what_stands_between_goes_along(desk: Desk) -> None:
    sent = await second_input(desk, ended(reasoning(), ASIDE, call('{"query": "a"}')))
    assert kinds(sent) == ["reasoning", "message", "function_call", "function_call_output"]
    assert sent[1]["phase"] == "commentary"


async def test_each_call_has_its_own(desk: Desk) -> None:
    output = [reasoning("rs_1"), call("{}", "call_1"), call("{}", "call_2"), reasoning("rs_3"), call("{}", "call_3")]
    sent = await second_input(desk, ended(*output), calls=("call_1", "call_2", "call_3"))
    assert [item.get("id") for item in sent if item["type"] == "reasoning"] == ["rs_1", "rs_3"]
    assert kinds(sent) == [
        "reasoning", "function_call", "function_call_output",
        "function_call", "function_call_output",
        "reasoning", "function_call", "function_call_output",
    ]  # fmt: skip


async def test_a_text_without_reasoning_is_not_sent_back(desk: Desk) -> None:
    assert kinds(await second_input(desk, ended(ASIDE, call("{}")))) == ["function_call", "function_call_output"]


async def test_reasoning_that_the_server_forgot_is_not_sent_back(desk: Desk) -> None:
    sent = await second_input(desk, ended(reasoning(encrypted=None), call("{}")))
    assert kinds(sent) == ["function_call", "function_call_output"]


async def test_what_the_server_keeps_is_named_to_it(desk: Desk) -> None:
    desk.toy.model.script(Answer(reasoning="Hm.", calls=[Call("search_knowledge", {"query": "a"}, "call_1")]))
    asked = replace(WITH_TOOLS, background=True)
    await desk.events(asked)
    assert (await desk.events(replace(asked, items=(MAIL, *exchanged("call_1")))))[-1] == mp.Completed()
    (sent,) = [item for item in desk.bodies[-1]["input"] if item.get("type") == "reasoning"]
    assert "encrypted_content" not in sent


async def test_what_the_server_does_not_keep_goes_back_encrypted(desk: Desk) -> None:
    desk.toy.model.script(Answer(reasoning="Hm.", calls=[Call("search_knowledge", {"query": "a"}, "call_1")]))
    await desk.events(WITH_TOOLS)
    assert (await desk.events(replace(WITH_TOOLS, items=(MAIL, *exchanged("call_1")))))[-1] == mp.Completed()
    (sent,) = [item for item in desk.bodies[-1]["input"] if item.get("type") == "reasoning"]
    assert sent["encrypted_content"]


async def test_another_model_does_not_get_it(desk: Desk) -> None:
    await desk.events_of(created(), ended(reasoning(), call("{}")), request=WITH_TOOLS)
    await desk.events(replace(WITH_TOOLS, model="gpt-6.1-terra", items=(MAIL, *exchanged("call_1"))))
    assert kinds(desk.bodies[-1]["input"][1:]) == ["function_call", "function_call_output"]


async def test_it_is_sent_in_every_round_that_follows(desk: Desk) -> None:
    for _ in range(2):
        sent = await second_input(desk, ended(reasoning(), call("{}")))
        assert kinds(sent) == ["reasoning", "function_call", "function_call_output"]


async def test_it_counts_as_input(desk: Desk) -> None:
    asked = replace(WITH_TOOLS, items=(MAIL, *exchanged("call_1")))
    before = await desk.provider.count_input_tokens(asked)
    await desk.events_of(created(), ended(reasoning(encrypted="g" * 400), call("{}")), request=WITH_TOOLS)
    after = await desk.provider.count_input_tokens(asked)
    assert before is not None
    assert after is not None
    assert after >= before + 100


async def test_nothing_is_kept_of_an_answer_that_is_none(desk: Desk) -> None:
    with pytest.raises(AnswerUnusable):
        await desk.events_of(created(), ended(reasoning(), call("{")), request=WITH_TOOLS)
    await desk.events(replace(WITH_TOOLS, items=(MAIL, *exchanged("call_1"))))
    assert kinds(desk.bodies[-1]["input"][1:]) == ["function_call", "function_call_output"]


async def test_who_stops_listening_at_the_end_loses_nothing(desk: Desk) -> None:
    desk.toy.fail(Says([created(), delta("x"), ended(reasoning(), call("{}"))]), on="POST /responses")
    events = desk.provider.generate(WITH_TOOLS)
    async for event in events:
        if isinstance(event, mp.Completed):
            break
    await events.aclose()
    heard = await desk.events(replace(WITH_TOOLS, items=(MAIL, *exchanged("call_1"))))
    assert kinds(desk.bodies[-1]["input"][1:])[0] == "reasoning"
    assert those(heard, mp.Completed)


def test_the_oldest_calls_are_forgotten() -> None:
    carried = CarriedItems()
    for number in range(1_000):
        carried.keep("m", [reasoning(f"rs_{number}"), call("{}", f"call_{number}")], is_stored=False)
    kept = [number for number in range(1_000) if carried.before("m", f"call_{number}")]
    assert kept == list(range(1_000 - len(kept), 1_000))
    assert 0 < len(kept) < 500
