"""`/embeddings`: vectors that the same text always has, near one another where texts share stems or what stands for
them."""

from __future__ import annotations

import hashlib
import math
from typing import Any, Final

from openai.types.embedding_create_params import EmbeddingCreateParams

from tests.fakes.toy_openai.lexical import stems
from tests.fakes.toy_openai.messages import Refused, Reply, Request, Route
from tests.fakes.toy_openai.model import tokens
from tests.fakes.toy_openai.models import Models
from tests.fakes.toy_openai.validation import Invalid, validated

DIMENSIONS: Final = 128
MOST_INPUTS: Final = 2048
_SAME: Final = {"umbrella": "brolly", "money": "refund", "parapluie": "brolly", "argent": "refund"}


class Embeddings:
    """`dimensions` may be changed by a test, as a server that is given another model under the same name."""

    def __init__(self, models: Models) -> None:
        self._models = models
        self.dimensions = DIMENSIONS

    def routes(self) -> list[Route]:
        return [Route("POST", "/embeddings", self._create)]

    async def _create(self, request: Request) -> Reply:
        body = validated(EmbeddingCreateParams, request.json())
        self._models.embedding(body["model"])
        given = body["input"]
        texts = [given] if isinstance(given, str) else given
        if not 1 <= len(texts) <= MOST_INPUTS or not all(isinstance(text, str) and text for text in texts):
            raise Invalid("'$.input' is invalid.", param="input")
        if body.get("encoding_format") != "float":
            raise Refused(400, "invalid_request_error", "This toy writes floats alone.", param="encoding_format")
        used = sum(map(tokens, texts))
        return Reply(
            {
                "object": "list",
                "model": body["model"],
                "data": [_embedding(index, text, self.dimensions) for index, text in enumerate(texts)],
                "usage": {"prompt_tokens": used, "total_tokens": used},
            }
        )


def _embedding(index: int, text: str, dimensions: int) -> dict[str, Any]:
    return {"object": "embedding", "index": index, "embedding": vector_of(text, dimensions)}


def vector_of(text: str, dimensions: int = DIMENSIONS) -> list[float]:
    """Of length 1."""
    vector = [0.0] * dimensions
    vector[0] = 0.1
    for stem in stems(text):
        vector[_place(_SAME.get(stem, stem), dimensions)] += 1.0
    length = math.sqrt(sum(number * number for number in vector))
    return [number / length for number in vector]


def _place(stem: str, dimensions: int) -> int:
    return int.from_bytes(hashlib.sha256(stem.encode()).digest()[:4]) % dimensions
