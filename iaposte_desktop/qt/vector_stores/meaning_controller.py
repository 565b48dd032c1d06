"""The choice of a meaning at work: which models there are, what they would take, and how far a store is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iaposte_desktop.application.changes import Changed, Topic
from iaposte_desktop.qt.lib.controller import Controller
from iaposte_desktop.qt.vector_stores.meaning_choice import MeaningOffer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from iaposte_desktop.application.changes import Change
    from iaposte_desktop.application.connections import Connections
    from iaposte_desktop.application.meaning import Meaning, MeaningEstimate
    from iaposte_desktop.domain.assistants import ModelRef
    from iaposte_desktop.qt.runtime import Runtime
    from iaposte_desktop.qt.vector_stores.meaning_choice import MeaningChoice


class MeaningController(Controller):
    """Serves the one form that is open."""

    def __init__(self, runtime: Runtime, meaning: Meaning, connections: Connections) -> None:
        super().__init__(runtime)
        self._meaning = meaning
        self._connections = connections
        self._choice: MeaningChoice | None = None
        self._store_id = ""
        runtime.changed.connect(self._on_changed)

    def serve(self, choice: MeaningChoice, store_id: str) -> None:
        """Until it is destroyed. An empty `store_id`: a store that is being made."""
        self._choice, self._store_id = choice, store_id
        choice.destroyed.connect(lambda: self._forget(choice))
        choice.chosen_changed.connect(lambda: self.scope.start_latest(self._show_estimate(choice), "estimate"))
        self.scope.start(self._show_offers(choice), "embedding models")

    async def aclose(self) -> None:
        self.runtime.changed.disconnect(self._on_changed)
        await super().aclose()

    def _forget(self, choice: MeaningChoice) -> None:
        if self._choice is choice:
            self._choice = None

    async def _show_offers(self, choice: MeaningChoice) -> None:
        names = await self.call(self._offers(with_models=False))
        if self._choice is choice:
            choice.set_offers(names)
            self._show_state()
            await self._show_estimate(choice)
        offers = await self.call(self._offers(with_models=True))
        if self._choice is choice:
            choice.set_offers(offers)

    async def _offers(self, *, with_models: bool) -> Sequence[MeaningOffer]:
        """On the program's loop. The names are there at once, the models once the servers have answered."""
        models = await self._meaning.models() if with_models else {}
        return [
            MeaningOffer(each.id, each.name, tuple(models.get(each.id, ())), each.is_remote)
            for each in self._connections.list()
        ]

    async def _show_estimate(self, choice: MeaningChoice) -> None:
        model = choice.chosen
        estimate = await self.call(self._estimate(model)) if model is not None and self._store_id else None
        if self._choice is choice:
            choice.set_estimate(estimate)

    async def _estimate(self, model: ModelRef) -> MeaningEstimate:
        return await self._meaning.estimate(self._store_id, model)

    def _show_state(self) -> None:
        if self._choice is not None:
            self._choice.set_state(self._meaning.state(self._store_id))

    def _on_changed(self, batch: tuple[Change, ...]) -> None:
        if any(change == Changed(Topic.MEANING, self._store_id) for change in batch):
            self._show_state()
