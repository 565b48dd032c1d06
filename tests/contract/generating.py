"""The requests that a server may charge for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from tests.fakes.toy_openai.server import ToyOpenAI

GENERATING: Final = (
    "/responses",
    "/chat/completions",
    "/threads/runs",
    "/threads/{thread_id}/runs/{run_id}/submit_tool_outputs",
)


def generating_posts(toy: ToyOpenAI) -> int:
    return sum(toy.count("POST", pattern) for pattern in GENERATING)
