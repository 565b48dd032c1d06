"""The Assistants v2 protocol, which OpenAI has closed and others may still speak: assistants, threads and runs.

Nothing runs in the background: how far a run has come is worked out when its thread is asked for.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from tests.fakes.toy_openai.assistant_routes import AssistantRoutes
from tests.fakes.toy_openai.cursor_pages import Body
from tests.fakes.toy_openai.files import Files
from tests.fakes.toy_openai.messages import EventStream, Handler, Reply, Request, Route
from tests.fakes.toy_openai.model import ToyModel
from tests.fakes.toy_openai.models import Models
from tests.fakes.toy_openai.run_records import Run
from tests.fakes.toy_openai.run_routes import RunRoutes
from tests.fakes.toy_openai.run_script import RunScripts
from tests.fakes.toy_openai.thread_records import Thread, unknown
from tests.fakes.toy_openai.thread_routes import ThreadRoutes
from tests.fakes.toy_openai.validation import Invalid
from tests.fakes.toy_openai.vector_stores import VectorStores


class Assistants:
    """A run takes `step_seconds` for each of its steps and ends after `expiry_seconds`, both by `clock`. What is set
    counts at once, for runs under way as well."""

    def __init__(self, models: Models, files: Files, stores: VectorStores, model: ToyModel) -> None:
        self.models = models
        self.files = files
        self.stores = stores
        self.scripts = RunScripts(model, stores)
        self.assistants: dict[str, Body] = {}
        self.threads: dict[str, Thread] = {}
        self.clock: Callable[[], float] = time.monotonic
        self.step_seconds = 0.02
        self.expiry_seconds = 600.0

    def routes(self) -> list[Route]:
        # `/threads/runs` goes before `/threads/{thread_id}`.
        routes = [*AssistantRoutes(self).routes(), *RunRoutes(self).routes(), *ThreadRoutes(self).routes()]
        return [Route(route.method, route.pattern, _beta(route.handler)) for route in routes]

    def assistant(self, assistant_id: str) -> Body:
        """Raises Refused for an unknown id."""
        if assistant_id not in self.assistants:
            raise unknown("assistant", assistant_id)
        return self.assistants[assistant_id]

    def thread(self, thread_id: str) -> Thread:
        """With its runs as they are now. Raises Refused for an unknown id."""
        if thread_id not in self.threads:
            raise unknown("thread", thread_id)
        thread = self.threads[thread_id]
        for run in thread.runs.values():
            self.catch_up(run)
        return thread

    def catch_up(self, run: Run) -> None:
        run.catch_up(self.clock(), self.step_seconds, self.expiry_seconds)


def _beta(handler: Handler) -> Handler:
    async def checked(request: Request) -> Reply | EventStream:
        if "assistants=v2" not in request.headers.get("openai-beta", ""):
            message = (
                "You must provide the 'OpenAI-Beta' header to access the Assistants API. "
                "Please try again by setting the header 'OpenAI-Beta: assistants=v2'."
            )
            raise Invalid(message, code="invalid_beta")
        return await handler(request)

    return checked
