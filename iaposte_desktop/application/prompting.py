"""From a thread and an assistant to a request. The scaffolding is in no language: labels in French once made English
customers get French replies, so the reply's language is a field, and field names are those of the API."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from iaposte_desktop.application.assistants import refuse_invalid
from iaposte_desktop.application.variables import filled
from iaposte_desktop.domain.assistants import OutputFormat
from iaposte_desktop.domain.json import METADATA_PAIRS
from iaposte_desktop.domain.ports.model_provider import (
    SEARCH_KNOWLEDGE,
    CustomerMail,
    GenerationRequest,
    ReplyContext,
    SentReply,
)
from iaposte_desktop.domain.threads import Role
from iaposte_desktop.domain.tokens import estimate_tokens

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from iaposte_desktop.domain.assistants import AssistantSettings, PromptRef
    from iaposte_desktop.domain.ports.model_provider import InputItem
    from iaposte_desktop.domain.runs import RunOverrides
    from iaposte_desktop.domain.threads import Customer, Message, Thread

TRANSCRIPT_MESSAGES = 20
"""The window of a thread that goes into a request: its last messages."""


def reply_language(thread: Thread, settings: AssistantSettings, messages: Sequence[Message], default: str) -> str:
    """The thread's own choice, else the assistant's, else that of the last mail whose language is known."""
    mails = (message.language for message in reversed(messages) if message.role is Role.CUSTOMER)
    return thread.reply_language or settings.reply_style.language or next(filter(None, mails), None) or default


def overridden(settings: AssistantSettings, overrides: RunOverrides) -> AssistantSettings:
    """The settings of one run. Raises InvalidValue."""
    instructions = settings.instructions if overrides.instructions is None else overrides.instructions
    limits = settings.limits
    changed = replace(
        settings,
        instructions="\n\n".join(filter(None, (instructions, overrides.additional_instructions))),
        model=overrides.model or settings.model,
        limits=replace(
            limits,
            max_output_tokens=overrides.max_output_tokens or limits.max_output_tokens,
            max_passages=overrides.max_passages or limits.max_passages,
            budget_usd=limits.budget_usd if overrides.budget_usd is None else overrides.budget_usd,
        ),
        metadata={**settings.metadata, **overrides.metadata},
    )
    refuse_invalid(changed)
    return changed


def generation_request(
    thread: Thread,
    customer: Customer,
    messages: Sequence[Message],
    settings: AssistantSettings,
    *,
    language: str,
    variables: Mapping[str, str],
    signature: str,
) -> GenerationRequest:
    """`signature` is the agent's; the assistant's own, where it has one, comes first."""
    values = {
        **{f"thread.{key}": value for key, value in thread.metadata.items()},
        **{f"customer.{key}": value for key, value in customer.metadata.items()},
        "customer_name": customer.name,
        "customer_email": customer.email,
        "subject": thread.subject,
        "language": language,
        **variables,
    }
    style = settings.reply_style
    instructions = "\n\n".join(filter(None, (settings.instructions, settings.guardrails)))
    searches = settings.knowledge_search and settings.vector_store_ids and settings.output_format is OutputFormat.REPLY
    return GenerationRequest(
        model=settings.model.model,
        instructions=filled(instructions, values),
        items=tuple(_item(thread, message) for message in messages[-TRANSCRIPT_MESSAGES:]),
        reply=ReplyContext(
            language=language,
            customer_name=customer.name,
            register=style.register,
            length=style.length,
            tone=style.tone,
            signature=filled(style.signature or signature, values),
        ),
        tools=(SEARCH_KNOWLEDGE,) if searches else (),
        output_format=settings.output_format,
        json_schema=settings.json_schema,
        max_output_tokens=settings.limits.max_output_tokens,
        temperature=settings.generation.temperature,
        reasoning_effort=settings.generation.reasoning_effort,
        background=settings.generation.background,
        prompt=_prompt(settings.generation.prompt, values),
        metadata=dict([("thread_id", thread.id), *settings.metadata.items()][:METADATA_PAIRS]),
    )


def _prompt(prompt: PromptRef | None, values: Mapping[str, str]) -> PromptRef | None:
    """Its variables may hold ours."""
    if prompt is None:
        return None
    return replace(prompt, variables={name: filled(text, values) for name, text in prompt.variables.items()})


def estimated_input_tokens(request: GenerationRequest) -> int:
    """≈ tokens of the first round, without what searches will bring."""
    texts = [
        request.instructions,
        *(item.text for item in request.items if isinstance(item, (CustomerMail, SentReply))),
    ]
    return sum(estimate_tokens(text) for text in texts)


def _item(thread: Thread, message: Message) -> InputItem:
    if message.role is Role.AGENT:
        return SentReply(message.text)
    subject = message.headers.subject if message.headers else ""
    return CustomerMail(subject or thread.subject, message.text)
