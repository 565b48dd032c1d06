"""What drafts searched for, as runs leave it and as a store's health reads it."""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from iaposte_desktop.application.questions import Questions
from iaposte_desktop.domain.ports import model_provider as mp
from iaposte_desktop.domain.runs import RunStatus
from iaposte_desktop.domain.search import Question
from tests.fakes.scripted_model import ScriptedModel, search_call

if TYPE_CHECKING:
    from iaposte_desktop.platform.paths import Profile
    from tests.fakes.clock import ManualClock
    from tests.unit.application.office import Office

DONE = mp.Completed()
REFUND = "A refund takes ten days."


def question(office: Office, query: str, score: float, *, store_id: str = "vs_1", days: float = 0) -> Question:
    asked_at = office.clock() - timedelta(days=days)
    return Question(f"question_{query}{days}", asked_at, query, (store_id,), "thread_1", int(score > 0), score)


async def asked(office: Office, *questions: Question) -> None:
    for each in questions:
        await office.workspace.questions.add(each)


class TestNoted:
    async def test_each_search_of_a_run_with_what_it_found(self, office: Office) -> None:
        store_id = await office.store(refund=REFUND)
        order = await office.order(store_id)
        await office.play(ScriptedModel(search_call("refund"), search_call("warranty", "call_2"), [DONE]), order)
        noted = await office.workspace.questions.since(office.clock() - timedelta(days=1))
        assert [(each.query, each.passages, each.best_score > 0) for each in noted] == [
            ("warranty", 0, False),
            ("refund", 1, True),
        ]
        assert {(each.store_ids, each.thread_id) for each in noted} == {((store_id,), order.thread_id)}

    async def test_a_search_of_the_server_too(self, office: Office) -> None:
        store_id = await office.store(refund=REFUND)
        passages = await office.knowledge.search([store_id], "refund")
        await office.run([mp.Searching("refund"), mp.FoundPassages(passages), DONE], store_ids=(store_id,))
        (noted,) = await office.workspace.questions.since(office.clock() - timedelta(days=1))
        assert (noted.query, noted.passages) == ("refund", 1)

    async def test_one_whose_answer_is_not_known_is_not(self, office: Office) -> None:
        await office.run([mp.Searching("refund"), DONE])
        assert await office.workspace.questions.since(office.clock() - timedelta(days=1)) == ()

    @pytest.mark.expected_log("were not noted")
    async def test_a_draft_does_not_fail_for_it(self, office: Office, profile: Profile) -> None:
        store_id = await office.store(refund=REFUND)
        with sqlite3.connect(profile.workspace_db) as other:
            other.execute("drop table questions")
        other.close()
        run = await office.run(search_call("refund"), [DONE], store_ids=(store_id,))
        assert run.status is RunStatus.COMPLETED


class TestUnanswered:
    async def test_the_same_words_are_one_question(self, office: Office) -> None:
        await asked(
            office,
            question(office, "Garantie étendue ?", 0.0, days=3),
            question(office, "garantie etendue", 0.2, days=1),
            question(office, "opening hours", 0.1, days=2),
        )
        first, second = await office.questions.unanswered("vs_1")
        assert (first.query, first.times, first.best_score) == ("garantie etendue", 2, 0.2)
        assert second.query == "opening hours"

    async def test_not_those_that_were_answered_since(self, office: Office) -> None:
        await asked(office, question(office, "warranty", 0.0, days=3), question(office, "warranty", 0.8, days=1))
        assert await office.questions.unanswered("vs_1") == ()

    async def test_nor_those_of_other_stores_or_of_last_month(self, office: Office) -> None:
        await asked(office, question(office, "warranty", 0.0, days=29), question(office, "hours", 0.0, store_id="vs_2"))
        assert await office.questions.unanswered("vs_1") == ()

    async def test_what_is_old_is_forgotten(self, office: Office, clock: ManualClock) -> None:
        await asked(office, question(office, "old", 0.0, days=91), question(office, "new", 0.0, days=89))
        await Questions(office.workspace.questions, clock).forget_old()
        left = await office.workspace.questions.since(clock() - timedelta(days=1000))
        assert [each.query for each in left] == ["new"]
