from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from iaposte_desktop.domain.threads import Customer
from iaposte_desktop.workspace.rows import columns_of, one, row_of, upsert, value_of
from iaposte_desktop.workspace.tables import customers

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from iaposte_desktop.workspace.database import Database

_CUSTOMER = select(*columns_of(customers, Customer))


class SqlCustomers:
    """See `CustomerRepository`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def save(self, customer: Customer) -> None:
        row = row_of(customer, customers, email_folded=customer.email.casefold())
        await self._database.write(lambda connection: upsert(connection, customers, [row]))

    async def retrieve(self, customer_id: str) -> Customer:
        query = _CUSTOMER.where(customers.c.id == customer_id)
        return await self._database.read(lambda connection: value_of(one(connection, query, customer_id), Customer))

    async def by_email(self, email: str) -> Customer | None:
        """The first of them, where several customers share an address."""
        query = _CUSTOMER.where(customers.c.email_folded == email.casefold())

        def find(connection: Connection) -> Customer | None:
            row = connection.execute(query.order_by(customers.c.created_at, customers.c.id).limit(1)).one_or_none()
            return None if row is None else value_of(row, Customer)

        return await self._database.read(find)

    async def list(self) -> tuple[Customer, ...]:
        query = _CUSTOMER.order_by(customers.c.name, customers.c.id)
        return await self._database.read(
            lambda connection: tuple(value_of(row, Customer) for row in connection.execute(query))
        )
