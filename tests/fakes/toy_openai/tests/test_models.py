from __future__ import annotations

from typing import Any

import pytest
from openai import AsyncOpenAI, BadRequestError, NotFoundError

from tests.fakes.toy_openai.models import KnownModel
from tests.fakes.toy_openai.server import ToyOpenAI
from tests.fakes.toy_openai.tests.exactness import exact


async def generate(client: AsyncOpenAI, protocol: str, model: str, **more: Any) -> Any:
    if protocol == "responses":
        return await client.responses.create(model=model, input="?", **more)
    return await client.chat.completions.create(model=model, messages=[{"role": "user", "content": "?"}], **more)


both = pytest.mark.parametrize("protocol", ["responses", "chat"])


async def test_they_are_listed_with_the_day_they_stop(client: AsyncOpenAI) -> None:
    listed = exact(await client.models.list()).data
    assert {model.id: model.shutdown_date for model in listed} == {
        "toy-1": None,
        "toy-reasoning-1": None,
        "gpt-6.1-terra": None,
        "gpt-4o": "2027-01-14",
        "toy-embed-1": None,
    }
    assert exact(await client.models.retrieve("gpt-4o")) == listed[3]


async def test_ids_may_have_slashes(toy: ToyOpenAI, client: AsyncOpenAI) -> None:
    toy.models.known.append(KnownModel("toy/toy-2"))
    assert (await client.models.retrieve("toy/toy-2")).id == "toy/toy-2"
    assert (await generate(client, "responses", "toy/toy-2")).model == "toy/toy-2"


@both
@pytest.mark.parametrize(
    ("model", "told"),
    [("gpt-99", "`gpt-99` does not exist"), ("gpt-4-retired", "`gpt-4-retired` has been deprecated")],
)
async def test_unknown_and_retired_ones_are_not_found(
    client: AsyncOpenAI, protocol: str, model: str, told: str
) -> None:
    with pytest.raises(NotFoundError, match=told) as caught:
        await generate(client, protocol, model, stream=True)
    assert caught.value.code == "model_not_found"
    with pytest.raises(NotFoundError, match=told):
        await client.models.retrieve(model)


@both
async def test_an_embedding_model_writes_nothing(client: AsyncOpenAI, protocol: str) -> None:
    with pytest.raises(BadRequestError, match="does not generate text"):
        await generate(client, protocol, "toy-embed-1")


@both
async def test_a_reasoning_model_has_no_temperature(toy: ToyOpenAI, client: AsyncOpenAI, protocol: str) -> None:
    with pytest.raises(BadRequestError) as caught:
        await generate(client, protocol, "toy-reasoning-1", temperature=0.2)
    assert (caught.value.code, caught.value.param) == ("unsupported_parameter", "temperature")
    assert await generate(client, protocol, "toy-reasoning-1")
    assert await generate(client, protocol, "toy-1", temperature=0.2)
    assert toy.invalid == []  # The form was right.


@pytest.mark.filterwarnings("ignore:.*deprecated:DeprecationWarning")
@pytest.mark.parametrize(
    ("model", "code", "told"),
    [
        ("gpt-99", "model_not_found", "The requested model 'gpt-99' does not exist."),
        ("gpt-4-retired", "model_not_found", "The requested model 'gpt-4-retired' does not exist."),
        ("toy-embed-1", None, "The requested model 'toy-embed-1' cannot be used with the Assistants API."),
    ],
)
async def test_assistants_and_their_runs_have_words_of_their_own_for_it(
    toy: ToyOpenAI, client: AsyncOpenAI, model: str, code: str | None, told: str
) -> None:
    assistant = await client.beta.assistants.create(model="toy-1")
    thread = await client.beta.threads.create()
    for call in (
        client.beta.assistants.create(model=model),
        client.beta.assistants.update(assistant.id, model=model),
        client.beta.threads.create_and_run(assistant_id=assistant.id, model=model),
        client.beta.threads.runs.create(thread.id, assistant_id=assistant.id, model=model),
    ):
        with pytest.raises(BadRequestError) as caught:
            await call
        assert (caught.value.code, caught.value.param) == (code, "model")
        assert told in str(caught.value)
    assert list(toy.assistants.assistants) == [assistant.id]
    assert list(toy.assistants.threads) == [thread.id]


@pytest.mark.filterwarnings("ignore:.*deprecated:DeprecationWarning")
async def test_an_assistant_whose_model_has_gone_runs_no_more(toy: ToyOpenAI, client: AsyncOpenAI) -> None:
    assistant = await client.beta.assistants.create(model="toy-1")
    toy.models.known.clear()
    with pytest.raises(BadRequestError, match="does not exist"):
        await client.beta.threads.create_and_run(assistant_id=assistant.id)
