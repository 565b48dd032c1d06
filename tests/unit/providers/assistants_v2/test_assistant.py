"""The one thing of ours that stays at the server."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from iaposte_desktop.domain.errors import ProviderError, RequestRefused
from iaposte_desktop.domain.ports import model_provider as mp
from tests.fakes.toy_openai.faults import Status
from tests.unit.providers.assistants_v2.conftest import REQUEST, Desk

OTHER = {"id": "asst_other", "name": "iaposte", "metadata": {}, "model": "toy-1"}


async def test_it_is_made_once_and_says_whose_it_is(desk: Desk) -> None:
    for model in ("toy-1", "gpt-6.1-terra"):
        await desk.events(replace(REQUEST, model=model))
    (assistant,) = desk.toy.assistants.assistants.values()
    assert (assistant["name"], assistant["metadata"]) == ("iaposte", {"made_by": "iaposte-desktop"})
    assert [body["model"] for body in desk.bodies] == ["toy-1", "gpt-6.1-terra"]
    assert {body["assistant_id"] for body in desk.bodies} == {assistant["id"]}


async def test_runs_that_begin_at_once_make_one(desk: Desk) -> None:
    await asyncio.gather(*(desk.events() for _ in range(3)))
    assert len(desk.toy.assistants.assistants) == 1


async def test_it_is_found_again_after_a_restart(desk: Desk) -> None:
    await desk.events()
    await desk.closed()
    await desk.events()
    assert desk.count("POST /assistants") == 1


async def test_it_is_found_behind_many_others(desk: Desk) -> None:
    desk.toy.assistants.assistants |= {f"asst_{n}": OTHER | {"id": f"asst_{n}"} for n in range(150)}
    await desk.events()
    await desk.closed()
    await desk.events()
    assert desk.count("POST /assistants") == 1


async def test_another_one_of_the_same_name_is_not_ours(desk: Desk) -> None:
    desk.toy.assistants.assistants["asst_other"] = OTHER
    await desk.events()
    assert desk.bodies[0]["assistant_id"] != "asst_other"


async def test_the_next_run_has_a_new_one_where_somebody_deleted_it(desk: Desk) -> None:
    await desk.events()
    desk.toy.assistants.assistants.clear()
    with pytest.raises(RequestRefused):
        await desk.events()
    assert (await desk.events())[-1] == mp.Completed()


async def test_a_server_that_does_not_let_us_look_is_not_asked_to_make_one(desk: Desk) -> None:
    desk.toy.fail(Status(500), on="GET /assistants")
    with pytest.raises(ProviderError):
        await desk.events()
    assert [request.method for request in desk.toy.requests] == ["GET"]
