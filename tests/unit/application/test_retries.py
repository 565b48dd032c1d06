from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from iaposte_desktop.application.retries import MAX_ATTEMPTS, OPEN_FOR, Circuits, seconds_before_retry
from iaposte_desktop.domain.assistants import ModelRef
from iaposte_desktop.domain.errors import (
    AnswerUnusable,
    ApiEnded,
    ConnectionProblem,
    Delivery,
    KeyRefused,
    ModelGone,
    ProviderUnavailable,
    QuotaExhausted,
    RateLimited,
    RequestRefused,
    StreamCut,
)

if TYPE_CHECKING:
    from iaposte_desktop.domain.errors import ProviderError
    from tests.fakes.clock import ManualClock

LUNA, TERRA, ELSEWHERE = ModelRef("con_1", "luna"), ModelRef("con_1", "terra"), ModelRef("con_2", "luna")
BUSY = ProviderUnavailable(problem=ConnectionProblem.BUSY, sent=Delivery.YES)


@pytest.mark.parametrize("seconds", [0.5, 1.0, 121.0, 7200.0])
@pytest.mark.parametrize("kind", [RateLimited, ProviderUnavailable])
def test_what_the_server_asks_for_is_kept_to_however_long(kind: type[ProviderError], seconds: float) -> None:
    error = RateLimited(retry_after=seconds) if kind is RateLimited else replace(BUSY.info, retry_after=seconds)
    info = error.info if isinstance(error, RateLimited) else error
    assert seconds_before_retry(info, 1) == seconds


def test_without_a_word_of_the_server_it_doubles_less_a_random_part() -> None:
    full = [seconds_before_retry(BUSY.info, attempts, chance=lambda: 0.0) for attempts in range(1, MAX_ATTEMPTS)]
    least = [seconds_before_retry(BUSY.info, attempts, chance=lambda: 1.0) for attempts in range(1, MAX_ATTEMPTS)]
    assert full == [1, 2, 4, 8]
    assert least == [0.5, 1, 2, 4]
    assert seconds_before_retry(BUSY.info, MAX_ATTEMPTS) is None


@pytest.mark.parametrize("problem", [None, ConnectionProblem.DNS, ConnectionProblem.REFUSED])
def test_what_was_never_sent_is_sent_a_few_times(problem: ConnectionProblem | None) -> None:
    info = ProviderUnavailable(problem=problem).info
    assert [seconds_before_retry(info, attempts) is None for attempts in (1, 2, 3)] == [False, False, True]


@pytest.mark.parametrize(
    "error",
    [
        ProviderUnavailable(problem=ConnectionProblem.TIME_LIMIT, sent=Delivery.YES, billed=Delivery.MAYBE),
        ProviderUnavailable(sent=Delivery.MAYBE, billed=Delivery.MAYBE),
        ProviderUnavailable(problem=ConnectionProblem.FAILED, sent=Delivery.YES, billed=Delivery.MAYBE),
        ProviderUnavailable(problem=ConnectionProblem.CERTIFICATE),
        StreamCut(sent=Delivery.YES, billed=Delivery.MAYBE),
        AnswerUnusable(),
        KeyRefused(),
        QuotaExhausted(retry_after=1),
        ModelGone(),
        RequestRefused(),
    ],
    ids=lambda error: error.info.code,
)
def test_what_might_be_billed_twice_or_cannot_succeed_is_not(error: ProviderError) -> None:
    assert seconds_before_retry(error.info, 1) is None


class TestCircuits:
    @pytest.mark.parametrize("error", [QuotaExhausted(sent=Delivery.YES), KeyRefused(sent=Delivery.YES), ApiEnded()])
    def test_a_provider_that_says_no_is_not_asked(self, clock: ManualClock, error: ProviderError) -> None:
        circuits = Circuits(clock)
        circuits.note(LUNA, error.info)
        for model in (LUNA, TERRA):
            assert circuits.refusal(model) == replace(error.info, sent=Delivery.NO, billed=Delivery.NO)
        assert circuits.refusal(ELSEWHERE) is None

    def test_a_model_that_is_gone_leaves_the_others(self, clock: ManualClock) -> None:
        circuits = Circuits(clock)
        circuits.note(LUNA, ModelGone("luna").info)
        assert circuits.refusal(LUNA) is not None
        assert circuits.refusal(TERRA) is None

    def test_it_is_asked_again_after_a_while(self, clock: ManualClock) -> None:
        circuits = Circuits(clock)
        circuits.note(LUNA, KeyRefused().info)
        clock.now += OPEN_FOR - timedelta(seconds=1)
        assert circuits.refusal(LUNA) is not None
        clock.now += timedelta(seconds=1)
        assert circuits.refusal(LUNA) is None

    def test_it_is_asked_again_once_its_settings_changed(self, clock: ManualClock) -> None:
        circuits = Circuits(clock)
        circuits.note(LUNA, KeyRefused().info)
        circuits.note(ELSEWHERE, KeyRefused().info)
        circuits.close("con_1")
        assert circuits.refusal(LUNA) is None
        assert circuits.refusal(ELSEWHERE) is not None

    def test_what_passes_opens_nothing(self, clock: ManualClock) -> None:
        circuits = Circuits(clock)
        circuits.note(LUNA, BUSY.info)
        circuits.note(LUNA, RateLimited().info)
        assert circuits.refusal(LUNA) is None
