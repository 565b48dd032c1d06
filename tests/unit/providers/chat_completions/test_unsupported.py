"""Servers that refuse a parameter are asked once more without it, and never again with it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from iaposte_desktop.domain.errors import ProviderError, RequestRefused
from iaposte_desktop.domain.ports import model_provider as mp
from tests.fakes.toy_openai.faults import DetailBody, Fault, Status
from tests.unit.providers.chat_completions.conftest import CREATE, REQUEST, Desk

LIMITED = replace(REQUEST, max_output_tokens=50)
EAGER = replace(REQUEST, reasoning_effort="high")
NO_LIMIT = Status(400, message="Unsupported parameter: 'max_completion_tokens'. Use 'max_tokens' instead.")
NO_EFFORT = Status(400, "unsupported_parameter", "Unsupported parameter: 'reasoning_effort'.")


class TestLimit:
    @pytest.mark.parametrize(
        "refusal", [NO_LIMIT, DetailBody(422, [{"loc": ["body", "max_completion_tokens"], "msg": "extra"}])]
    )
    async def test_by_its_older_name(self, desk: Desk, refusal: Fault) -> None:
        desk.toy.fail(refusal, on=CREATE)
        assert (await desk.events(LIMITED))[-1] == mp.Completed()
        first, second = desk.bodies
        assert first["max_completion_tokens"] == second["max_tokens"] == 50
        assert "max_completion_tokens" not in second

    async def test_it_is_remembered(self, desk: Desk) -> None:
        desk.toy.fail(NO_LIMIT, on=CREATE)
        for _ in range(2):
            await desk.events(LIMITED)
        assert [body.get("max_tokens") for body in desk.bodies] == [None, 50, 50]

    async def test_a_second_refusal_is_final(self, desk: Desk) -> None:
        desk.toy.fail(NO_LIMIT, on=CREATE, times=None)
        with pytest.raises(RequestRefused):
            await desk.events(LIMITED)
        assert len(desk.bodies) == 2

    async def test_another_refusal_is_final(self, desk: Desk) -> None:
        desk.toy.fail(Status(400, message="Too long."), on=CREATE, times=None)
        with pytest.raises(RequestRefused, match="Too long"):
            await desk.events(replace(LIMITED, reasoning_effort="high"))
        assert len(desk.bodies) == 1

    async def test_a_failure_that_names_it_is_final(self, desk: Desk) -> None:
        desk.toy.fail(Status(500, message="max_completion_tokens"), on=CREATE, times=None)
        with pytest.raises(ProviderError):
            await desk.events(LIMITED)
        assert len(desk.bodies) == 1


async def test_what_a_server_repeats_of_the_request_is_not_what_it_refuses(desk: Desk) -> None:
    body = {"max_completion_tokens": 50, "stream_options": {}, "reasoning_effort": "high"}
    desk.toy.fail(DetailBody(422, [{"loc": ["body", "messages"], "msg": "too long", "input": body}]), on=CREATE)
    with pytest.raises(RequestRefused, match="too long"):
        await desk.events(replace(LIMITED, reasoning_effort="high"))
    assert len(desk.bodies) == 1


async def test_the_usage_is_estimated_where_it_cannot_be_asked_for(desk: Desk) -> None:
    detail = [{"type": "extra_forbidden", "loc": ["body", "stream_options"], "msg": "Extra inputs are not permitted"}]
    desk.toy.fail(DetailBody(422, detail), on=CREATE)
    events = await desk.events()
    assert events[-1] == mp.Completed()
    assert [event.usage.estimated for event in events if isinstance(event, mp.UsageReport)] == [True]
    assert ["stream_options" in body for body in desk.bodies] == [True, False]


class TestTemperature:
    async def test_without_it_where_the_model_has_none(self, desk: Desk) -> None:
        warm = replace(REQUEST, model="toy-reasoning-1", temperature=0.5)
        for _ in range(2):
            assert (await desk.events(warm))[-1] == mp.Completed()
        assert [body.get("temperature") for body in desk.bodies] == [0.5, None, None]

    async def test_one_that_is_out_of_range_is_not_left_out(self, desk: Desk) -> None:
        refusal = Status(400, "decimal_above_max_value", "Invalid 'temperature': 2.5 is above the maximum of 2.")
        desk.toy.fail(refusal, on=CREATE)
        with pytest.raises(RequestRefused, match="above the maximum"):
            await desk.events(replace(REQUEST, temperature=2.5))
        assert len(desk.bodies) == 1


class TestEffort:
    @pytest.mark.parametrize("refusal", [NO_EFFORT, Status(400, message='"toy-1" does not support thinking')])
    async def test_without_it(self, desk: Desk, refusal: Fault) -> None:
        desk.toy.fail(refusal, on=CREATE)
        assert (await desk.events(EAGER))[-1] == mp.Completed()
        assert [body.get("reasoning_effort") for body in desk.bodies] == ["high", None]

    async def test_it_is_remembered_of_the_model_alone(self, desk: Desk) -> None:
        desk.toy.fail(NO_EFFORT, on=CREATE)
        for model in ("toy-1", "toy-1", "toy-reasoning-1"):
            await desk.events(replace(EAGER, model=model))
        assert [body.get("reasoning_effort") for body in desk.bodies] == ["high", None, None, "high"]

    async def test_both_at_once(self, desk: Desk) -> None:
        desk.toy.fail(NO_EFFORT, on=CREATE)
        desk.toy.fail(NO_LIMIT, on=CREATE)
        assert (await desk.events(replace(LIMITED, reasoning_effort="high")))[-1] == mp.Completed()
        assert len(desk.bodies) == 3
        assert "max_tokens" in desk.bodies[-1]
        assert "reasoning_effort" not in desk.bodies[-1]
