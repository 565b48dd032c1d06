"""Search by meaning, switched on in a store's settings, over the real program and a server."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iaposte_desktop.domain.assistants import ModelRef
from iaposte_desktop.domain.connections import Connection, ConnectionKind
from iaposte_desktop.qt.vector_stores.store_dialog import StoreDialog
from tests.fakes.toy_openai.server import ToyOpenAI
from tests.qt.until import until
from tests.qt.vector_stores.tab import with_tab

if TYPE_CHECKING:
    from iaposte_desktop.domain.knowledge import VectorStore
    from tests.qt.vector_stores.tab import Tab

MODEL = ModelRef("conn_1", "toy-embed-1")


async def connect(tab: Tab, toy: ToyOpenAI) -> None:
    connection = Connection(MODEL.provider, "Toy", ConnectionKind.LOCAL, base_url=toy.base_url)
    await tab.runtime.call(tab.program.connections.save(connection))


async def with_connection(tab: Tab, store: VectorStore) -> StoreDialog:
    """The store's settings, with the first connection chosen for its meaning."""
    form = tab.controller.open_settings(store.id)
    await until(lambda: form.meaning.connection.count() == 2)
    form.meaning.connection.setCurrentIndex(1)
    return form


async def saved(tab: Tab, form: StoreDialog) -> None:
    form.save.click()
    await until(lambda: not tab.view.findChildren(StoreDialog))


async def store_now(tab: Tab, store: VectorStore) -> VectorStore:
    return await tab.runtime.call(tab.program.knowledge.retrieve(store.id))


@with_tab
async def test_what_it_takes_is_said_and_a_chosen_model_is_kept(tab: Tab) -> None:
    with ToyOpenAI(key=None) as toy:
        await connect(tab, toy)
        store = await tab.store()
        await tab.added(tab.file("note.txt", "Every brolly is sold with a cover."))
        choice = tab.controller.open_settings(store.id).meaning
        await until(lambda: choice.connection.count() == 2)
        assert choice.model_field.isHidden()
        assert choice.leaves.isHidden()
        choice.connection.setCurrentIndex(1)
        await until(lambda: choice.model.findText(MODEL.model) >= 0)
        choice.model.setCurrentIndex(choice.model.findText(MODEL.model))
        await until(lambda: "≈" in choice.leaves.text.text())
        assert "sent to Toy, on this machine" in choice.leaves.text.text()
        assert "tokens, free" in choice.leaves.text.text()
        form = tab.view.findChildren(StoreDialog)[-1]
        await saved(tab, form)
        assert (await store_now(tab, store)).embedding_model == MODEL
        await until(lambda: tab.view.stores.model.store_at(0).embedding_model == MODEL)
        again = tab.controller.open_settings(store.id)
        assert again.meaning.chosen == MODEL
        again.meaning.connection.setCurrentIndex(0)
        await saved(tab, again)
        assert (await store_now(tab, store)).embedding_model is None


@with_tab
async def test_a_connection_without_a_model_is_not_saved(tab: Tab) -> None:
    with ToyOpenAI(key=None) as toy:
        await connect(tab, toy)
        store = await tab.store()
        form = await with_connection(tab, store)
        form.meaning.model.setEditText(" ")
        form.save.click()
        assert not form.meaning.model_field.problem.isHidden()
        form.meaning.model.setEditText("typed-by-hand")
        assert form.meaning.model_field.problem.isHidden()
        await saved(tab, form)
        assert (await store_now(tab, store)).embedding_model == ModelRef(MODEL.provider, "typed-by-hand")


@with_tab
async def test_a_connection_that_is_gone_is_said_and_a_new_name_keeps_the_model(tab: Tab) -> None:
    with ToyOpenAI(key=None) as toy:
        await connect(tab, toy)
        store = await tab.store()
        form = await with_connection(tab, store)
        form.meaning.model.setEditText(MODEL.model)
        await saved(tab, form)
        tab.view.stores.rename_requested.emit(store.id, "Renamed")
        await tab.runtime.call(tab.program.connections.delete(MODEL.provider))
    await until(lambda: tab.view.stores.model.store_at(0).name == "Renamed")
    form = tab.controller.open_settings(store.id)
    assert form.meaning.chosen == MODEL
    assert form.meaning.connection.currentText() == "A connection that is gone"
    form.reject()
