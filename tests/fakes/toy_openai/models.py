"""`/models`, and what becomes of a request that names one it cannot have."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tests.fakes.toy_openai.messages import Refused, Reply, Request, Route


@dataclass(frozen=True, slots=True)
class KnownModel:
    id: str
    shutdown_date: str | None = None
    generates: bool = True
    takes_temperature: bool = True


KNOWN = (
    KnownModel("toy-1"),
    KnownModel("toy-reasoning-1", takes_temperature=False),
    KnownModel("gpt-6.1-terra"),
    KnownModel("gpt-4o", shutdown_date="2027-01-14"),
    KnownModel("toy-embed-1", generates=False),
)
RETIRED = "gpt-4-retired"


class Models:
    """`known` may be changed by a test."""

    def __init__(self, known: Sequence[KnownModel] = KNOWN) -> None:
        self.known = list(known)

    def routes(self) -> list[Route]:
        return [Route("GET", "/models", self._list), Route("GET", "/models/{model_id}", self._one)]

    def generating(self, model_id: str, body: dict[str, Any]) -> KnownModel:
        """Raises Refused for a model that is not there, is no language model, or cannot take a parameter."""
        model = self._found(model_id)
        if not model.generates:
            raise Refused(
                400, "invalid_request_error", f"The model '{model_id}' does not generate text.", param="model"
            )
        if body.get("temperature") is not None and not model.takes_temperature:
            raise Refused(
                400,
                "invalid_request_error",
                "Unsupported parameter: 'temperature' is not supported with this model.",
                code="unsupported_parameter",
                param="temperature",
            )
        return model

    def embedding(self, model_id: str) -> None:
        """Raises Refused for a model that is not there, and for one that writes."""
        if self._found(model_id).generates:
            raise Refused(400, "invalid_request_error", "You are not allowed to generate embeddings from this model")

    def assisting(self, model_id: str) -> None:
        """As `generating`, in the words that assistants and their runs have for it."""
        generates = next((model.generates for model in self.known if model.id == model_id), None)
        if generates:
            return
        told = "does not exist." if generates is None else "cannot be used with the Assistants API."
        code = "model_not_found" if generates is None else None
        raise Refused(
            400, "invalid_request_error", f"The requested model '{model_id}' {told}", code=code, param="model"
        )

    def _found(self, model_id: str) -> KnownModel:
        for model in self.known:
            if model.id == model_id:
                return model
        message = f"The model `{model_id}` does not exist or you do not have access to it."
        if model_id == RETIRED:
            message = (
                f"The model `{model_id}` has been deprecated, learn more here: "
                "https://platform.openai.com/docs/deprecations"
            )
        raise Refused(404, "invalid_request_error", message, code="model_not_found", param="model")

    async def _list(self, request: Request) -> Reply:
        return Reply({"object": "list", "data": [_shown(model) for model in self.known]})

    async def _one(self, request: Request) -> Reply:
        return Reply(_shown(self._found(request.parts["model_id"])))


def _shown(model: KnownModel) -> dict[str, Any]:
    return {
        "id": model.id,
        "object": "model",
        "created": 1_760_000_000,
        "owned_by": "toy",
        "shutdown_date": model.shutdown_date,
    }
