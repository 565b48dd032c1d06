from __future__ import annotations

import pytest
from openai import AsyncOpenAI, BadRequestError, NotFoundError

from tests.fakes.toy_openai.server import ToyOpenAI
from tests.fakes.toy_openai.tests.exactness import exact


async def vectors(client: AsyncOpenAI, *texts: str) -> list[list[float]]:
    made = exact(await client.embeddings.create(model="toy-embed-1", input=list(texts), encoding_format="float"))
    assert [each.index for each in made.data] == list(range(len(texts)))
    return [each.embedding for each in made.data]


def likeness(one: list[float], other: list[float]) -> float:
    return sum(left * right for left, right in zip(one, other, strict=True))


async def test_what_says_the_same_is_near_and_what_does_not_is_far(client: AsyncOpenAI) -> None:
    brolly, umbrella, refund = await vectors(client, "A red brolly", "Red umbrellas", "When is my refund?")
    assert likeness(brolly, brolly) == pytest.approx(1)
    assert likeness(brolly, umbrella) > 0.9
    assert likeness(brolly, refund) < 0.2


async def test_a_text_has_the_same_vector_each_time(client: AsyncOpenAI) -> None:
    assert await vectors(client, "one", "two") == [*await vectors(client, "one"), *await vectors(client, "two")]


async def test_the_dimension_may_be_changed(toy: ToyOpenAI, client: AsyncOpenAI) -> None:
    toy.embeddings.dimensions = 16
    assert [len(vector) for vector in await vectors(client, "one")] == [16]


@pytest.mark.parametrize("texts", [[], [""], ["x"] * 2049], ids=["none", "empty", "too many"])
async def test_what_is_refused(client: AsyncOpenAI, texts: list[str]) -> None:
    with pytest.raises(BadRequestError):
        await vectors(client, *texts)


async def test_other_models_make_no_vectors(client: AsyncOpenAI) -> None:
    with pytest.raises(BadRequestError):
        await client.embeddings.create(model="toy-1", input="x", encoding_format="float")
    with pytest.raises(NotFoundError):
        await client.embeddings.create(model="toy-0", input="x", encoding_format="float")
