"""A server that speaks OpenAI's protocol on a loopback port, with the faults that tests want of it.

It lives on a thread and a loop of its own, so that a test may block or be a coroutine. What is public here may be used
from any thread.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future
from types import TracebackType
from typing import Self

from tests.fakes.toy_openai.answering import Answering
from tests.fakes.toy_openai.assistants import Assistants
from tests.fakes.toy_openai.chat_completions import ChatCompletions
from tests.fakes.toy_openai.embeddings import Embeddings
from tests.fakes.toy_openai.faults import Fault
from tests.fakes.toy_openai.files import Files
from tests.fakes.toy_openai.gate import Gate
from tests.fakes.toy_openai.model import ToyModel
from tests.fakes.toy_openai.models import Models
from tests.fakes.toy_openai.planned_faults import PlannedFaults
from tests.fakes.toy_openai.recording import ROOT, Recorded, parts_of
from tests.fakes.toy_openai.responses import Responses
from tests.fakes.toy_openai.vector_stores import VectorStores
from tests.fakes.toy_openai.wire import Wire


class ToyOpenAI:
    """`with ToyOpenAI() as toy:` serves at `toy.base_url` until the end of the block.

    `model`, `models`, `embeddings`, `files`, `vector_stores`, `assistants` are what it serves.
    """

    def __init__(self, *, port: int = 0, key: str | None = "sk-toy", deltas: int | None = None) -> None:
        """`deltas`: so many pieces long is every text that the model writes."""
        self.port = port
        self.model = ToyModel(deltas)
        self.models = Models()
        self.embeddings = Embeddings(self.models)
        self.files = Files()
        self.vector_stores = VectorStores(self.files)
        self.assistants = Assistants(self.models, self.files, self.vector_stores, self.model)
        self._gate = Gate()
        self._responses = Responses(self.models, self.model, self.vector_stores, self._gate)
        chat = ChatCompletions(self.models, self.model, self._gate)
        parts = (
            self.models,
            self.embeddings,
            self._responses,
            chat,
            self.files,
            self.vector_stores,
            self.assistants,
        )
        self._routes = [route for part in parts for route in part.routes()]
        self._faults = PlannedFaults()
        self._answering = Answering(self._routes, self._faults, key)
        self._stopping = asyncio.Event()
        self._started: Future[asyncio.AbstractEventLoop] = Future()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), name="toy-openai", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        self._loop = self._started.result()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._loop.call_soon_threadsafe(self._stopping.set)
        self._thread.join()

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}{ROOT}"

    @property
    def key(self) -> str | None:
        """The accepted one; None accepts each."""
        return self._answering.key

    @key.setter
    def key(self, key: str | None) -> None:
        self._answering.key = key

    @property
    def requests(self) -> list[Recorded]:
        """In the order they came."""
        return list(self._answering.requests)

    @property
    def hung_up(self) -> list[Recorded]:
        """Those whose client left before the end of the answer."""
        return list(self._answering.hung_up)

    @property
    def under_way(self) -> int:
        """How many answers have not ended: what a client has left open keeps them apart from zero."""
        return self._answering.under_way

    @property
    def invalid(self) -> list[str]:
        """What requests had that the API would refuse for its form, and faults that could not be played: a test of a
        client asserts that it is empty."""
        return list(self._answering.invalid)

    def count(self, method: str, pattern: str) -> int:
        """How many requests came for `pattern`, such as `/files/{file_id}`."""
        return sum(each.method == method and parts_of(pattern, each.path) is not None for each in self.requests)

    def fail(self, fault: Fault, *, on: str, times: int | None = 1, after: int = 0) -> None:
        """The next `times` (None: all) requests that match `on` ("POST /responses", "GET /files/{file_id}", "*") meet
        `fault`, once `after` of them have passed. Of several faults, the one planned first is met first."""
        method, _, pattern = on.partition(" ")
        shapes = {(route.method, _shape(route.pattern)) for route in self._routes}
        assert on == "*" or (method, _shape(pattern)) in shapes, f"there is no route {on!r}"
        self._faults.add(fault, method, pattern, times, after)

    def heal(self) -> None:
        self._faults.clear()

    @property
    def background_seconds(self) -> float:
        """Between two events of a background response."""
        return self._responses.background_seconds

    @background_seconds.setter
    def background_seconds(self, seconds: float) -> None:
        self._responses.background_seconds = seconds

    def hold(self, after: int = 2) -> None:
        """Every generation stops after its first `after` events, until `release` or a later `hold` lets it go on. In
        the background its status is `queued` up to the second one, then `in_progress`."""
        self._on_loop(lambda: self._gate.hold(after))

    def release(self) -> None:
        self._on_loop(self._gate.release)

    def _on_loop(self, action: Callable[[], None]) -> None:
        async def run() -> None:
            action()

        asyncio.run_coroutine_threadsafe(run(), self._loop).result()

    async def _serve(self) -> None:
        talks: set[asyncio.Task[None]] = set()

        def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            task = asyncio.ensure_future(self._answering.talk(Wire(reader, writer)))
            talks.add(task)
            task.add_done_callback(talks.discard)

        try:
            server = await asyncio.start_server(connected, "127.0.0.1", self.port, limit=1 << 20)
        except OSError as error:
            self._started.set_exception(error)
            return
        self.port = server.sockets[0].getsockname()[1]
        self._started.set_result(asyncio.get_running_loop())
        await self._stopping.wait()
        # A connection that waits becomes, within a few turns of the loop, a talk that can be ended; one that comes
        # between its acceptance and the closing would leak (asyncio forgets it).
        for _ in range(6):
            await asyncio.sleep(0)
        server.close()
        for talk in talks:
            talk.cancel()
        await asyncio.gather(*talks, self._responses.aclose(), return_exceptions=True)


def _shape(pattern: str) -> tuple[str, ...]:
    return tuple("{}" if part.startswith("{") else part for part in pattern.split("/"))
