"""Assistants as files: our own format, and the JSON of the Assistants API that ended on 2026-08-26."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from iaposte_desktop.domain.assistants import (
    AssistantSettings,
    Generation,
    Limits,
    ModelRef,
    OutputFormat,
    PromptRef,
    Register,
    ReplyLength,
    ReplyStyle,
)
from iaposte_desktop.domain.errors import ImportRefused

if TYPE_CHECKING:
    from collections.abc import Mapping

FORMAT: Final = "iaposte.assistant"
VERSION: Final = 1
MAX_CHARACTERS: Final = 2_000_000


def to_file(settings: AssistantSettings) -> str:
    style, limits, asked = settings.reply_style, settings.limits, settings.generation
    content = {
        "format": FORMAT,
        "format_version": VERSION,
        "name": settings.name,
        "description": settings.description,
        "instructions": settings.instructions,
        "guardrails": settings.guardrails,
        "model": _model_fields(settings.model),
        "vector_store_ids": list(settings.vector_store_ids),
        "knowledge_search": settings.knowledge_search,
        "output_format": settings.output_format,
        "json_schema": settings.json_schema,
        "reply_style": {
            "language": style.language,
            "register": style.register,
            "length": style.length,
            "tone": style.tone,
            "signature": style.signature,
        },
        "limits": {
            "max_output_tokens": limits.max_output_tokens,
            "max_passages": limits.max_passages,
            "score_threshold": limits.score_threshold,
            "budget_usd": None if limits.budget_usd is None else str(limits.budget_usd),
        },
        "generation": {
            "temperature": asked.temperature,
            "reasoning_effort": asked.reasoning_effort,
            "background": asked.background,
            "fallback": asked.fallback and _model_fields(asked.fallback),
            "prompt": asked.prompt
            and {"id": asked.prompt.id, "version": asked.prompt.version, "variables": dict(asked.prompt.variables)},
        },
        "metadata": dict(settings.metadata),
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def from_file(text: str, default_model: ModelRef) -> AssistantSettings:
    """Raises ImportRefused for what is neither of the two formats, or was written by a newer version."""
    if len(text) > MAX_CHARACTERS:
        raise ImportRefused("too large")
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ImportRefused(f"not JSON: {error}") from error
    if not isinstance(content, dict):
        raise ImportRefused("not an object")
    try:
        json.dumps(content, ensure_ascii=False).encode()  # Half a surrogate pair is no text that could be kept.
        if content.get("format") == FORMAT:
            if content.get("format_version", 0) > VERSION:
                raise ImportRefused(f"format_version {content['format_version']} is newer than {VERSION}")
            return _ours(content)
        if content.get("object") == "assistant" or str(content.get("id", "")).startswith("asst_"):
            return _assistants_api(content, default_model)
    except (KeyError, TypeError, ValueError, AttributeError, ArithmeticError) as error:
        raise ImportRefused(f"{type(error).__name__}: {error}") from error
    raise ImportRefused("neither an exported assistant nor an asst_… object")


def _ours(content: Mapping[str, Any]) -> AssistantSettings:
    style, limits = content.get("reply_style", {}), content.get("limits", {})
    budget = limits.get("budget_usd")
    tokens = limits.get("max_output_tokens")
    return AssistantSettings(
        name=_text(content["name"]),
        description=_text(content.get("description")),
        instructions=_text(content.get("instructions")),
        guardrails=_text(content.get("guardrails")),
        model=_model(content["model"]),
        vector_store_ids=_texts(content.get("vector_store_ids")),
        knowledge_search=bool(content.get("knowledge_search", True)),
        output_format=OutputFormat(content.get("output_format", OutputFormat.REPLY)),
        json_schema=_text(content.get("json_schema")),
        reply_style=ReplyStyle(
            language=None if style.get("language") is None else _text(style["language"]),
            register=Register(style.get("register", Register.FORMAL)),
            length=ReplyLength(style.get("length", ReplyLength.SHORT)),
            tone=_text(style.get("tone")),
            signature=_text(style.get("signature")),
        ),
        limits=Limits(
            max_output_tokens=None if tokens is None else int(tokens),
            max_passages=int(limits.get("max_passages", Limits().max_passages)),
            score_threshold=float(limits.get("score_threshold", Limits().score_threshold)),
            budget_usd=None if budget is None else Decimal(str(budget)),
        ),
        generation=_generation(content.get("generation") or {}),
        metadata=_strings(content.get("metadata")),
    )


def _generation(asked: Mapping[str, Any]) -> Generation:
    temperature, fallback, prompt = asked.get("temperature"), asked.get("fallback"), asked.get("prompt")
    return Generation(
        temperature=None if temperature is None else float(temperature),
        reasoning_effort=_text(asked.get("reasoning_effort")),
        background=bool(asked.get("background", False)),
        fallback=None if fallback is None else _model(fallback),
        prompt=None
        if prompt is None
        else PromptRef(_text(prompt["id"]), _text(prompt.get("version")), _strings(prompt.get("variables"))),
    )


def _model_fields(model: ModelRef) -> dict[str, str]:
    return {"provider": model.provider, "model": model.model}


def _model(fields: Mapping[str, Any]) -> ModelRef:
    return ModelRef(_text(fields["provider"]), _text(fields["model"]))


def _assistants_api(content: Mapping[str, Any], default_model: ModelRef) -> AssistantSettings:
    """The model it named is kept as metadata: our own default answers until another is chosen."""
    tools = [tool.get("type") for tool in content.get("tools") or ()]
    search = (content.get("tool_resources") or {}).get("file_search") or {}
    response_format = content.get("response_format")
    is_json = isinstance(response_format, dict) and response_format.get("type") in ("json_object", "json_schema")
    schema = response_format.get("json_schema") if isinstance(response_format, dict) else None
    origin = {"imported_from": str(content.get("id", "")), "imported_model": str(content.get("model", ""))}
    return AssistantSettings(
        name=_text(content.get("name")) or _text(content.get("id")),
        description=_text(content.get("description")),
        instructions=_text(content.get("instructions")),
        model=default_model,
        vector_store_ids=_texts(search.get("vector_store_ids")),
        knowledge_search="file_search" in tools or not tools,
        output_format=OutputFormat.JSON if is_json else OutputFormat.REPLY,
        json_schema=json.dumps(schema, ensure_ascii=False) if schema else "",
        metadata={**dict(list(_strings(content.get("metadata")).items())[:14]), **origin},
    )


def _text(value: Any) -> str:
    """The text, nothing for null; raises TypeError for what is neither."""
    if value is not None and not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    return value or ""


def _texts(values: Any) -> tuple[str, ...]:
    if values is not None and not isinstance(values, list):
        raise TypeError(f"{values!r} is no list")
    return tuple(_text(value) for value in values or ())


def _strings(metadata: Mapping[str, Any] | None) -> dict[str, str]:
    return {str(key): str(value) for key, value in (metadata or {}).items()}
