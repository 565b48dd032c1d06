"""What goes wrong between a run and its server, and how the run ends: a row for each fault, a cell for each protocol.

A cell that says `Never` has a reason why that cannot happen there; the fault that comes nearest has then a row of its
own or a cell that says what the server does instead.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum, StrEnum, auto
from typing import Final, Literal, TypeAlias

from iaposte_desktop.domain.errors import Delivery
from iaposte_desktop.domain.runs import RunStatus
from tests.fakes.toy_openai import faults
from tests.fakes.toy_openai.faults import Fault
from tests.fakes.toy_openai.model import Answer
from tests.fakes.toy_openai.server import ToyOpenAI


class Wired(StrEnum):
    """What a run is generated through."""

    RESPONSES = "responses"
    BACKGROUND = "responses in the background"
    CHAT = "chat_completions"
    ASSISTANTS = "assistants_v2"


CREATES: Final = {
    Wired.RESPONSES: "POST /responses",
    Wired.BACKGROUND: "POST /responses",
    Wired.CHAT: "POST /chat/completions",
    Wired.ASSISTANTS: "POST /threads/runs",
}
ANSWERS: Final = CREATES | {Wired.ASSISTANTS: "POST /threads/{thread_id}/runs/{run_id}/submit_tool_outputs"}
"""What a second round asks."""

LOOKS: Final = {
    Wired.BACKGROUND: "GET /responses/{response_id}",
    Wired.ASSISTANTS: "GET /threads/{thread_id}/runs/{run_id}",
}
CANCELS: Final = {
    Wired.BACKGROUND: "/responses/{response_id}/cancel",
    Wired.ASSISTANTS: "/threads/{thread_id}/runs/{run_id}/cancel",
}
BEFORE_TEXT: Final = {Wired.RESPONSES: 4, Wired.BACKGROUND: 4, Wired.CHAT: 1}
"""Events of a stream that come before the first piece of its text."""

Does: TypeAlias = Callable[[ToyOpenAI, Wired], None]
"""What the server does to a run over this protocol."""

FOR_EVER: Final = 3600.0


class Text(Enum):
    """As much of the text as the run keeps: SOME may be all of it, REPEATED is its first piece over and over."""

    NONE = auto()
    PART = auto()
    SOME = auto()
    WHOLE = auto()
    REPEATED = auto()


@dataclass(frozen=True, slots=True)
class Ends:
    """`posts` are the requests that may be charged for; `waits` the seconds for which the run would have waited, None
    where it chose them itself; `cancels` the generations that were cancelled at the server. `does` is what the server
    does instead of what it does to the others."""

    status: RunStatus
    text: Text = Text.NONE
    code: str = ""
    sent: Delivery = Delivery.NO
    billed: Delivery = Delivery.NO
    posts: int = 1
    waits: tuple[float | None, ...] = ()
    cancels: int = 0
    does: Does | None = None


@dataclass(frozen=True, slots=True)
class Never:
    why: str


Cell: TypeAlias = Ends | Never


@dataclass(frozen=True, slots=True)
class Row:
    """`is_stopped`: the agent stops the run once it is under way. `read_seconds`: how long the client waits for the
    next byte, 60 s where it is not told. `address` is where the connection leads."""

    name: str
    does: Does
    responses: Cell
    background: Cell
    chat: Cell
    assistants: Cell
    is_stopped: bool = False
    read_seconds: float = 60.0
    address: Literal["toy", "nobody", "unknown"] = "toy"

    def cell(self, wired: Wired) -> Cell:
        match wired:
            case Wired.RESPONSES:
                return self.responses
            case Wired.BACKGROUND:
                return self.background
            case Wired.CHAT:
                return self.chat
            case Wired.ASSISTANTS:
                return self.assistants


def nothing(toy: ToyOpenAI, wired: Wired) -> None:
    """The server is not at fault."""


def meets(fault: Fault, times: int | None = 1) -> Does:
    """The request that generates."""
    return lambda toy, wired: toy.fail(fault, on=CREATES[wired], times=times)


def meets_in_text(fault: Callable[[int], Fault]) -> Does:
    """After two pieces of it."""
    return lambda toy, wired: toy.fail(fault(BEFORE_TEXT[wired] + 2), on=CREATES[wired])


def meets_looking(fault: Fault, times: int | None = 1) -> Does:
    """The requests that follow a generation which goes on without its first stream."""

    def does(toy: ToyOpenAI, wired: Wired) -> None:
        if wired is Wired.BACKGROUND:
            toy.fail(faults.CutAfter(BEFORE_TEXT[wired] + 2), on=CREATES[wired])
        toy.fail(fault, on=LOOKS[wired], times=times)

    return does


def meets_answering(fault: Fault) -> Does:
    """The request that tells the model what was found for it."""

    def does(toy: ToyOpenAI, wired: Wired) -> None:
        toy.fail(fault, on=ANSWERS[wired], after=0 if wired is Wired.ASSISTANTS else 1)

    return does


def fails_by_itself(toy: ToyOpenAI, wired: Wired) -> None:
    """And does not when it is asked again."""
    text = "A refund takes ten working days."
    toy.model.script(Answer(text, failure="server_error"), Answer(text))


def never_ends(toy: ToyOpenAI, wired: Wired) -> None:
    toy.assistants.step_seconds = FOR_EVER


def failed(code: str, sent: Delivery, billed: Delivery, text: Text = Text.NONE) -> Ends:
    return Ends(RunStatus.FAILED, text, code, sent, billed)


NO, YES, MAYBE = Delivery.NO, Delivery.YES, Delivery.MAYBE
DONE: Final = Ends(RunStatus.COMPLETED, Text.WHOLE)
CUT: Final = Ends(RunStatus.INTERRUPTED, Text.PART, "stream_cut")
STOPPED: Final = Ends(RunStatus.CANCELLED, Text.PART)
POLLED: Final = Never("there is no stream: the run is looked at")
READ_TO_THE_END: Final = Never("the answer is one stream: nothing is looked at")


def everywhere(name: str, does: Does, cell: Ends, **more: bool | float | Literal["nobody", "unknown"]) -> Row:
    return Row(name, does, cell, cell, cell, cell, **more)  # type: ignore[arg-type]  # Fields by name.


def turned_away(*waits: float | None) -> Ends:
    return replace(DONE, posts=1 + len(waits), waits=waits)


def gave_up(ends: Ends, attempts: int) -> Ends:
    return replace(ends, posts=attempts, waits=(None,) * (attempts - 1))


REFUSED: Final = (
    everywhere("401", meets(faults.Status(401)), failed("key_refused", YES, NO)),
    everywhere(
        "404 the model is gone",
        meets(faults.Status(404, "model_not_found", "The model `toy-1` does not exist.")),
        failed("model_gone", YES, NO),
    ),
    everywhere("409", meets(faults.Status(409)), turned_away(None)),
    everywhere("429 for a second", meets(faults.RateLimited("1")), turned_away(1)),
    everywhere("429 for 121 seconds", meets(faults.RateLimited("121")), turned_away(121)),
    everywhere("429 for 1500 milliseconds", meets(faults.RateLimited("1500", "ms")), turned_away(1.5)),
    everywhere("429 twice", meets(faults.RateLimited("2"), times=2), turned_away(2, 2)),
    everywhere(
        "429 for ever",
        meets(faults.RateLimited("7"), times=None),
        replace(failed("rate_limited", YES, NO), posts=5, waits=(7, 7, 7, 7)),
    ),
    everywhere("429 without credit", meets(faults.InsufficientQuota()), failed("quota_exhausted", YES, NO)),
    everywhere("500", meets(faults.Status(500)), failed("provider_unavailable.failed", YES, MAYBE)),
    everywhere("503", meets(faults.Status(503)), turned_away(None)),
    everywhere("503 with the time to wait", meets(faults.Status(503, headers={"Retry-After": "30"})), turned_away(30)),
    everywhere(
        "503 for ever",
        meets(faults.Status(503), times=None),
        gave_up(failed("provider_unavailable.busy", YES, NO), attempts=5),
    ),
    everywhere("a FastAPI detail", meets(faults.DetailBody()), failed("request_refused", YES, NO)),
    everywhere("a page with 200", meets(faults.HtmlPage()), failed("provider_unavailable.captive_portal", YES, NO)),
)

NOT_REACHED: Final = (
    everywhere(
        "nobody listens",
        nothing,
        replace(gave_up(failed("provider_unavailable.refused", NO, NO), attempts=3), posts=0),
        address="nobody",
    ),
    everywhere(
        "a host that is not known",
        nothing,
        replace(gave_up(failed("provider_unavailable.dns", NO, NO), attempts=3), posts=0),
        address="unknown",
    ),
)

BROKEN: Final = (
    everywhere("a reset before any byte", meets(faults.Reset()), failed("provider_unavailable", MAYBE, MAYBE)),
    Row(
        "a reset in the text",
        meets_in_text(faults.Reset),
        failed("stream_cut", YES, MAYBE, Text.PART),
        DONE,
        failed("stream_cut", YES, MAYBE, Text.PART),
        replace(DONE, does=meets_looking(faults.Reset())),
    ),
    Row("an end in the text", meets_in_text(faults.CutAfter), CUT, DONE, CUT, POLLED),
    Row(
        "an end without any event",
        meets(faults.CutAfter(0)),
        failed("stream_cut", YES, MAYBE),
        failed("stream_cut", YES, MAYBE),
        failed("stream_cut", YES, MAYBE),
        POLLED,
    ),
    Row(
        "an end without a terminal event",
        meets(faults.NoTerminal()),
        replace(CUT, text=Text.SOME),
        DONE,
        replace(CUT, text=Text.SOME),
        POLLED,
    ),
    Row(
        "bad JSON",
        meets(faults.BadJson()),
        failed("answer_unusable", YES, MAYBE, Text.PART),
        DONE,
        failed("answer_unusable", YES, MAYBE, Text.PART),
        failed("answer_unusable", YES, MAYBE),
    ),
    Row(
        "an error event",
        meets(faults.ErrorEvent()),
        failed("provider_unavailable.failed", YES, MAYBE, Text.PART),
        failed("provider_unavailable.failed", YES, MAYBE, Text.PART),
        failed("provider_unavailable.failed", YES, MAYBE, Text.PART),
        POLLED,
    ),
    Row(
        "a failed event",
        meets(faults.FailedEvent()),
        failed("provider_unavailable.failed", YES, MAYBE, Text.PART),
        failed("provider_unavailable.failed", YES, MAYBE, Text.PART),
        failed("provider_unavailable.failed", YES, MAYBE, Text.PART),
        POLLED,
    ),
)

ODD: Final = (
    everywhere("it answers late", meets(faults.Delay(0.02)), DONE),
    everywhere("it answers byte by byte", meets(faults.SlowBytes(7, 0)), DONE),
    Row("an event that nobody knows", meets(faults.UnknownEvent()), DONE, DONE, DONE, POLLED),
    Row("an item that was not announced", meets(faults.OutOfOrder()), DONE, DONE, DONE, POLLED),
    Row("an item that is announced late", meets(faults.OutOfOrder("swapped")), DONE, DONE, DONE, POLLED),
    Row(
        "no sequence numbers",
        meets(faults.MissingSequence()),
        DONE,
        DONE,
        Never("its chunks have none"),
        POLLED,
    ),
)

ENDLESS: Final = (
    Row(
        "an answer that never ends",
        meets(faults.NeverEnds()),
        replace(STOPPED, text=Text.REPEATED),
        replace(STOPPED, cancels=1),
        replace(STOPPED, text=Text.REPEATED),
        replace(STOPPED, text=Text.NONE, cancels=1, does=never_ends),
        is_stopped=True,
    ),
    Row(
        "comments that never end",
        meets(faults.NeverEnds(comments=True)),
        STOPPED,
        replace(STOPPED, cancels=1),
        STOPPED,
        POLLED,
        is_stopped=True,
    ),
    Row(
        "silence in the text, and the agent stops",
        meets_in_text(faults.Stall),
        STOPPED,
        replace(STOPPED, cancels=1),
        STOPPED,
        replace(STOPPED, text=Text.NONE, cancels=1, does=meets_looking(faults.Delay(FOR_EVER))),
        is_stopped=True,
    ),
    Row(
        "silence in the text",
        meets_in_text(faults.Stall),
        failed("provider_unavailable.time_limit", YES, MAYBE, Text.PART),
        DONE,
        failed("provider_unavailable.time_limit", YES, MAYBE, Text.PART),
        replace(DONE, does=meets_looking(faults.Delay(FOR_EVER))),
        read_seconds=0.5,
    ),
    everywhere(
        "silence from the beginning",
        meets(faults.Delay(FOR_EVER)),
        failed("provider_unavailable.time_limit", YES, MAYBE),
        read_seconds=0.5,
    ),
)


def _looking(name: str, does: Does, background: Ends, assistants: Ends | None = None) -> Row:
    return Row(name, does, READ_TO_THE_END, background, READ_TO_THE_END, assistants or background)


def _lost(code: str) -> Ends:
    """The text up to the cut; of a run that is polled none had come."""
    return failed(code, YES, MAYBE, Text.PART)


LOOKED_AT: Final = (
    _looking("500 while it is looked at", meets_looking(faults.Status(500), times=2), DONE),
    _looking("429 while it is looked at", meets_looking(faults.RateLimited("20", "ms")), DONE),
    _looking("a reset while it is looked at", meets_looking(faults.Reset(), times=2), DONE),
    _looking("a page while it is looked at", meets_looking(faults.HtmlPage()), DONE),
    _looking(
        "bad JSON while it is looked at",
        meets_looking(faults.BadJson()),
        DONE,
        replace(failed("answer_unusable", YES, MAYBE), cancels=1),
    ),
    _looking(
        "500 for ever while it is looked at",
        meets_looking(faults.Status(500), times=None),
        _lost("stream_cut"),
        failed("stream_cut", YES, MAYBE),
    ),
    _looking(
        "401 while it is looked at",
        meets_looking(faults.Status(401), times=None),
        _lost("key_refused"),
        failed("key_refused", YES, MAYBE),
    ),
    _looking(
        "404 while it is looked at",
        meets_looking(faults.Status(404), times=None),
        _lost("request_refused"),
        failed("request_refused", YES, MAYBE),
    ),
    everywhere("it fails by itself", fails_by_itself, _lost("provider_unavailable.failed")),
)

ROWS: Final = (*REFUSED, *NOT_REACHED, *BROKEN, *ODD, *ENDLESS, *LOOKED_AT)

SECOND_ROUNDS: Final = (
    everywhere("401", meets_answering(faults.Status(401)), replace(failed("key_refused", YES, NO), posts=2)),
    everywhere(
        "a reset", meets_answering(faults.Reset()), replace(failed("provider_unavailable", MAYBE, MAYBE), posts=2)
    ),
    everywhere("429", meets_answering(faults.RateLimited("121")), replace(turned_away(121), posts=3)),
    everywhere("503", meets_answering(faults.Status(503)), replace(turned_away(None), posts=3)),
    everywhere(
        "500", meets_answering(faults.Status(500)), replace(failed("provider_unavailable.failed", YES, MAYBE), posts=2)
    ),
)
"""After a search of ours: what its results are sent with meets the fault."""
