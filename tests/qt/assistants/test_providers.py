"""Models of connections in the form: what is offered, what it costs, what ends, and what cannot be listed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from iaposte_desktop.domain.assistants import DEFAULT_MODEL, Generation, ModelRef, PromptRef
from iaposte_desktop.domain.ports.vector_stores import StoreDetails
from iaposte_desktop.domain.prices import Price
from tests.fakes.toy_openai.faults import Status
from tests.fakes.toy_openai.models import KnownModel
from tests.fakes.toy_openai.server import ToyOpenAI
from tests.qt.assistants.tab import Tab, retype, with_tab
from tests.qt.toy import connected
from tests.qt.until import until

if TYPE_CHECKING:
    from iaposte_desktop.qt.assistants.model_choice import ModelChooser


def texts(chooser: ModelChooser) -> list[str]:
    return [chooser.itemText(at) for at in range(chooser.count())]


def choose(chooser: ModelChooser, text: str) -> None:
    chooser.setCurrentIndex(texts(chooser).index(text))


async def listed(tab: Tab, text: str) -> None:
    await until(lambda: text in texts(tab.view.editor.form.model.model))


@with_tab
async def test_generation_settings_are_saved_as_they_were_set(tab: Tab) -> None:
    with ToyOpenAI(key=None) as toy:
        made = await tab.made()
        await connected(tab, toy)
        await listed(tab, "toy-1 · Team")
        form = tab.view.editor.form
        choose(form.model.model, "toy-1 · Team")
        generation = form.generation
        choose(generation.fallback, "iaposte-extract-1 · this machine · no language model: quotes your files")
        generation.effort.choose("low")
        retype(generation.temperature, "0,4")
        generation.background.click()
        generation.fold.toggle.click()
        retype(generation.prompt, "pmpt_7")
        retype(generation.prompt_version, "2")
        tab.view.editor.bar.save.click()
        await until(lambda: tab.toasts.texts)
    settings = (await tab.stored(made)).version.settings
    assert settings.model == ModelRef("conn_team", "toy-1")
    assert settings.generation == Generation(
        temperature=0.4,
        reasoning_effort="low",
        background=True,
        fallback=ModelRef("embedded", "iaposte-extract-1"),
        prompt=PromptRef("pmpt_7", "2"),
    )


@with_tab
async def test_the_default_says_what_it_means_now(tab: Tab) -> None:
    with ToyOpenAI(key=None) as toy:
        await tab.made()
        model = tab.view.editor.form.model
        assert model.model.chosen == DEFAULT_MODEL
        await until(lambda: "iaposte-extract-1" in model.model.currentText())
        connection = await connected(tab, toy)

        async def make_default() -> None:
            tab.program.connections.make_default(connection.id)

        await tab.runtime.call(make_default())
        await until(lambda: model.model.currentText() == "Default of the settings (now toy-1 · Team)")
        price = Price(connection.id, "toy-1", date(2026, 1, 1), Decimal("2.5"), Decimal(10))
        await tab.runtime.call(tab.program.prices.save([price]))
        await until(lambda: "2.5 $ in, 10 $ out per million tokens" in model.fields["model"].help.text())
    assert tab.status() == "Nothing changed since the last version"


@with_tab
async def test_a_provider_that_fails_is_named_and_takes_no_other_with_it(tab: Tab) -> None:
    with ToyOpenAI(key=None) as toy, ToyOpenAI(key=None) as other:
        other.fail(Status(401), on="GET /models", times=None)
        await tab.made()
        down = await connected(tab, other, "Down")
        await connected(tab, toy)
        await listed(tab, "toy-1 · Team")
        missing = tab.view.editor.form.model.missing
        assert missing.isVisibleTo(tab.view)
        assert missing.text.text() == "Not all models are listed. Down: The server refused the key."
        assert any("iaposte-extract-1" in text for text in texts(tab.view.editor.form.model.model))
        await tab.runtime.call(tab.program.connections.delete(down.id))
        await until(lambda: not missing.isVisibleTo(tab.view))


@with_tab
async def test_a_model_chosen_over_a_connection_stays_while_that_one_fails(tab: Tab) -> None:
    with ToyOpenAI(key=None) as toy:
        connection = await connected(tab, toy)
        made = await tab.made()
        settings = replace(made.version.settings, model=ModelRef(connection.id, "toy-1"))
        await tab.saved_elsewhere(made, settings)
        model = tab.view.editor.form.model.model
        await until(lambda: model.currentText() == "toy-1 · Team")
        toy.fail(Status(401), on="GET /models", times=None)
        await tab.runtime.call(tab.program.connections.save(connection))
        await until(lambda: model.currentText() == "toy-1 · not offered now")
    assert tab.status() == "Nothing changed since the last version"


@with_tab
async def test_a_model_that_ends_soon_is_told_of_above_the_form(tab: Tab) -> None:
    today = datetime.now(UTC).date()
    with ToyOpenAI(key=None) as toy:
        for name, days in (("ends-soon", 20), ("has-ended", -3), ("ends-later", 200)):
            toy.models.known.append(KnownModel(name, shutdown_date=(today + timedelta(days=days)).isoformat()))
        connection = await connected(tab, toy)
        made = await tab.made()
        await listed(tab, "ends-soon · Team")
        banner = tab.view.editor.model_end
        assert not banner.isVisibleTo(tab.view)
        soon = today + timedelta(days=20)
        for name, said in (
            ("ends-soon", f"This model ends on {soon.day} {soon:%B} {soon.year}. Choose another one in time."),
            ("has-ended", "This model ended on "),
        ):
            made = await tab.saved_elsewhere(made, replace(made.version.settings, model=ModelRef(connection.id, name)))
            await until(lambda said=said: banner.text.text().startswith(said))  # type: ignore[misc]
            assert banner.isVisibleTo(tab.view)
        form = tab.view.editor.form
        choose(form.model.model, "ends-later · Team")
        assert "ends on" in form.model.fields["model"].help.text()
        tab.view.editor.bar.save.click()
        await until(lambda: not banner.isVisibleTo(tab.view))


@with_tab
async def test_stores_of_a_connection_can_be_checked_and_say_where_they_are(tab: Tab) -> None:
    with ToyOpenAI(key=None) as toy:
        connection = await connected(tab, toy, has_vector_stores=True)
        store = await tab.runtime.call(tab.program.knowledge.create(StoreDetails("Terms"), connection.id))
        made = await tab.made()
        stores = tab.view.editor.form.stores
        await until(lambda: store.id in stores.checks)
        assert stores.checks[store.id].text() == "Terms · 0 files · at Team"
        settings = replace(made.version.settings, vector_store_ids=(store.id, "vs_unknown"))
        await tab.saved_elsewhere(made, settings)
        await until(lambda: "vs_unknown" in stores.missing)
        assert stores.checks[store.id].isChecked()
        said = stores.missing["vs_unknown"].text.text.text()
        assert said == "vs_unknown: not listed now; it was deleted, or its server does not answer"
