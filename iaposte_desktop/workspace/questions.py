from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select

from iaposte_desktop.domain.search import Question
from iaposte_desktop.workspace.rows import columns_of, row_of, value_of
from iaposte_desktop.workspace.tables import questions

if TYPE_CHECKING:
    from datetime import datetime

    from iaposte_desktop.workspace.database import Database


class SqlQuestions:
    """See `QuestionRepository`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, question: Question) -> None:
        row = row_of(question, questions)
        await self._database.write(lambda connection: connection.execute(insert(questions), row))

    async def since(self, when: datetime) -> tuple[Question, ...]:
        query = (
            select(*columns_of(questions, Question))
            .where(questions.c.asked_at >= when)
            .order_by(questions.c.asked_at.desc(), questions.c.number.desc())
        )
        return await self._database.read(
            lambda connection: tuple(value_of(row, Question) for row in connection.execute(query))
        )

    async def delete_before(self, when: datetime) -> None:
        await self._database.write(
            lambda connection: connection.execute(delete(questions).where(questions.c.asked_at < when))
        )
