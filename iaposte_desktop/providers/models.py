"""The models a server lists: those that generate text, newest first."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from time import monotonic
from typing import TYPE_CHECKING, Any, Final
from weakref import WeakKeyDictionary

from iaposte_desktop.domain.ports.model_provider import ModelInfo
from iaposte_desktop.providers.errors import not_json, translated
from iaposte_desktop.providers.json_answers import parsed

if TYPE_CHECKING:
    from collections.abc import Callable

    from openai import AsyncOpenAI

    from iaposte_desktop.providers.wire import Wire

_KEPT_SECONDS: Final = 600
_MOST_PAGES: Final = 50

# By the words of an id's last part (`provider/model`); no server of OpenAI's own tells what a model is for.
_NO_GENERATORS: Final = re.compile(
    r"""(^|[-_.:/]) (
        embed | embedding | embeddings | bge | e5 | gte | minilm | rerank | reranker | whisper | tts | transcribe
        | audio | realtime | live | translate | image | dall | diffusion | sora | moderation | guard
        | babbage | davinci | turbo-instruct
    ) ($|[-_.:/\d])""",
    re.VERBOSE | re.IGNORECASE,
)
_NO_TEXT: Final = re.compile(r"embed|rerank|audio|speech|transcri|image|video|moderation|realtime", re.IGNORECASE)
_CONTEXT: Final = ("context_length", "max_model_len", "context_window", "max_context_length")

_listed: WeakKeyDictionary[Wire, tuple[float, tuple[ModelInfo, ...]]] = WeakKeyDictionary()


async def list_models(wire: Wire, seconds: Callable[[], float] = monotonic) -> tuple[ModelInfo, ...]:
    """Asked anew after ten minutes. Raises ProviderError."""
    if (kept := _listed.get(wire)) and seconds() - kept[0] < _KEPT_SECONDS:
        return kept[1]
    client = await wire.client()
    with translated(billable=False):
        models = models_in(await _entries(client))
    _listed[wire] = seconds(), models
    return models


async def list_ids(wire: Wire) -> tuple[str, ...]:
    """Of every model the server lists, whatever it is for. Raises ProviderError."""
    client = await wire.client()
    with translated(billable=False):
        entries = await _entries(client)
    ids = (entry.get("id") for entry in entries if isinstance(entry, dict))
    return tuple(sorted(found for found in ids if isinstance(found, str) and found))


def models_in(entries: list[Any]) -> tuple[ModelInfo, ...]:
    """Of the objects in a list of models, whatever is in them."""
    models = {
        entry["id"]: ModelInfo(entry["id"], _context(entry), _shutdown(entry), _created(entry))
        for entry in entries
        if isinstance(entry, dict) and _is_name(entry.get("id")) and _generates(entry)
    }
    by_name = sorted(models.values(), key=lambda model: model.id)
    return tuple(sorted(by_name, key=lambda model: model.created or date.min, reverse=True))


def entries_in(body: object) -> list[Any] | None:
    """None for what is no list of models."""
    found = body.get("data") if isinstance(body, dict) else body
    return found if isinstance(found, list) else None


async def _entries(client: AsyncOpenAI) -> list[Any]:
    entries: list[Any] = []
    after: str | None = None
    for _ in range(_MOST_PAGES):
        query = {"after": after} if after else {}
        body = parsed(await client.get("/models", cast_to=object, options={"params": query}))
        page = entries_in(body)
        if page is None:
            raise not_json("")
        entries += page
        last = body.get("last_id") if isinstance(body, dict) and body.get("has_more") else None
        if not isinstance(last, str) or last == after:
            break
        after = last
    return entries


def _is_name(found: object) -> bool:
    return isinstance(found, str) and bool(found)


def _generates(entry: dict[str, Any]) -> bool:
    own = entry.get("custom_metadata")
    kinds = (entry.get("type"), entry.get("model_type"), own.get("model_type") if isinstance(own, dict) else None)
    if any(isinstance(kind, str) and _NO_TEXT.search(kind) for kind in kinds):
        return False
    able = entry.get("capabilities")
    if isinstance(able, dict) and (able.get("chat_completion") is False or able.get("completion_chat") is False):
        return False
    return not _NO_GENERATORS.search(entry["id"].rpartition("/")[2])


def _context(entry: dict[str, Any]) -> int | None:
    sizes = (entry.get(name) for name in _CONTEXT)
    return next((size for size in sizes if type(size) is int and size > 0), None)


def _shutdown(entry: dict[str, Any]) -> date | None:
    try:
        return date.fromisoformat(str(entry.get("shutdown_date"))[:10])
    except ValueError:
        return None


def _created(entry: dict[str, Any]) -> date | None:
    """None also for the 0 that servers without a date write."""
    created = entry.get("created")
    if not isinstance(created, (int, float)) or created <= 0:
        return None
    try:
        return datetime.fromtimestamp(created, UTC).date()
    except (ValueError, OverflowError, OSError):
        return None
