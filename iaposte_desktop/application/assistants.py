"""The assistant library: every saved change is a numbered version that can be compared and brought back."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from iaposte_desktop.application.assistant_files import from_file, to_file
from iaposte_desktop.application.changes import Changed, Topic
from iaposte_desktop.application.templates import settings_of
from iaposte_desktop.domain.assistants import Assistant, AssistantVersion, OutputFormat
from iaposte_desktop.domain.errors import InvalidValue, NoAssistant, NotFound
from iaposte_desktop.domain.ids import new_id
from iaposte_desktop.domain.json import metadata_problem
from iaposte_desktop.domain.ports.settings import DEFAULT_ASSISTANT_ID

if TYPE_CHECKING:
    from iaposte_desktop.application.changes import ChangeFeed
    from iaposte_desktop.application.templates import Template
    from iaposte_desktop.domain.assistants import AssistantSettings, ModelRef
    from iaposte_desktop.domain.ports.clock import Clock
    from iaposte_desktop.domain.ports.repositories import AssistantRepository
    from iaposte_desktop.domain.ports.settings import Settings

NAME_CHARACTERS: Final = 256
INSTRUCTION_CHARACTERS: Final = 256_000


async def assistant_for(repository: AssistantRepository, settings: Settings, wanted: str | None) -> Assistant:
    """The one that is wanted, else the default one, else the first that writes replies. Raises NoAssistant."""
    for candidate in filter(None, (wanted, settings.get(DEFAULT_ASSISTANT_ID))):
        try:
            assistant = await repository.retrieve(candidate)
        except NotFound:
            continue
        if assistant.deleted_at is None:
            return assistant
    assistants = await repository.list()
    if not assistants:
        raise NoAssistant
    # A classifier answers nobody: of several, one that writes replies.
    replying = (a for a in assistants if a.version.settings.output_format is OutputFormat.REPLY)
    return next(replying, assistants[0])


class AssistantLibrary:
    def __init__(
        self, assistants: AssistantRepository, default_model: ModelRef, changes: ChangeFeed, clock: Clock
    ) -> None:
        self._assistants = assistants
        self._default_model = default_model
        self._changes = changes
        self._clock = clock
        self._changing = asyncio.Lock()

    async def list(self, *, deleted: bool = False) -> tuple[Assistant, ...]:
        return await self._assistants.list(deleted=deleted)

    async def retrieve(self, assistant_id: str) -> Assistant:
        return await self._assistants.retrieve(assistant_id)

    async def versions(self, assistant_id: str) -> tuple[AssistantVersion, ...]:
        return await self._assistants.versions(assistant_id)

    async def create(self, settings: AssistantSettings, note: str = "") -> Assistant:
        """Version 1. Raises InvalidValue, as `save_version` does."""
        refuse_invalid(settings)
        now = self._clock()
        assistant_id = new_id("asst")
        return await self._store(
            Assistant(assistant_id, AssistantVersion(assistant_id, 1, settings, note, now), created_at=now)
        )

    async def create_from_template(self, template: Template, language: str) -> Assistant:
        """`language`: of the template's name and instructions, `fr` or `en`."""
        return await self.create(settings_of(template, language, self._default_model))

    async def save_version(
        self, assistant_id: str, settings: AssistantSettings, note: str = "", restored_from: int | None = None
    ) -> Assistant:
        """The assistant with a new version on top; unchanged settings make none. Raises InvalidValue, NotFound."""
        refuse_invalid(settings)
        async with self._changing:
            assistant = await self._assistants.retrieve(assistant_id)
            if assistant.version.settings == settings:
                return assistant
            number = assistant.version.number + 1
            version = AssistantVersion(assistant_id, number, settings, note, self._clock(), restored_from)
            return await self._store(replace(assistant, version=version))

    async def restore_version(self, assistant_id: str, number: int) -> Assistant:
        """An old version's settings as a new version; nothing is taken back. Raises NotFound."""
        for version in await self._assistants.versions(assistant_id):
            if version.number == number:
                return await self.save_version(assistant_id, version.settings, version.note, restored_from=number)
        raise NotFound(f"{assistant_id} version {number}")

    async def duplicate(self, assistant_id: str, name: str) -> Assistant:
        assistant = await self._assistants.retrieve(assistant_id)
        return await self.create(replace(assistant.version.settings, name=name))

    async def delete(self, assistant_id: str) -> None:
        """Into the bin; `undelete` brings it back with all its versions."""
        async with self._changing:
            assistant = await self._assistants.retrieve(assistant_id)
            await self._store(replace(assistant, deleted_at=self._clock()))

    async def undelete(self, assistant_id: str) -> Assistant:
        async with self._changing:
            return await self._store(replace(await self._assistants.retrieve(assistant_id), deleted_at=None))

    async def export(self, assistant_id: str) -> str:
        """The current version as the text of a JSON file, with the ids of its vector stores but not their content."""
        return to_file((await self._assistants.retrieve(assistant_id)).version.settings)

    async def import_text(self, text: str) -> Assistant:
        """From an exported file, or the JSON of an old `asst_…` object. Raises ImportRefused, InvalidValue."""
        return await self.create(from_file(text, self._default_model))

    async def _store(self, assistant: Assistant) -> Assistant:
        await self._assistants.save(assistant)
        self._changes.publish(Changed(Topic.ASSISTANTS, assistant.id))
        return assistant


def refuse_invalid(settings: AssistantSettings) -> None:
    """Raises InvalidValue with the first field at fault: `name`, `instructions`, `metadata`, `max_passages`,
    `score_threshold`, `max_output_tokens`, `temperature`, `budget`."""
    limits, temperature = settings.limits, settings.generation.temperature
    checks = {
        "name": not settings.name.strip() or len(settings.name) > NAME_CHARACTERS,
        "instructions": len(settings.instructions) > INSTRUCTION_CHARACTERS,
        "metadata": metadata_problem(settings.metadata) is not None,
        "max_passages": not 1 <= limits.max_passages <= 50,
        "score_threshold": not 0 <= limits.score_threshold <= 1,
        "max_output_tokens": limits.max_output_tokens is not None and limits.max_output_tokens < 1,
        "temperature": temperature is not None and not 0 <= temperature <= 2,
        "budget": limits.budget_usd is not None and not (limits.budget_usd.is_finite() and limits.budget_usd >= 0),
    }
    for field, is_wrong in checks.items():
        if is_wrong:
            raise InvalidValue(field)
