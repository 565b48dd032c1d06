from __future__ import annotations

from typing import Any

import pytest
from openai import AsyncOpenAI, BadRequestError
from openai.types.beta import Assistant
from openai.types.beta.threads.runs import FunctionToolCall, ToolCallsStepDetails

from tests.fakes.toy_openai.model import Answer, Call, Tokens
from tests.fakes.toy_openai.server import ToyOpenAI
from tests.fakes.toy_openai.tests.exactness import exact
from tests.fakes.toy_openai.tests.running import begun, now, reply, steps_of, text_of
from tests.fakes.toy_openai.tests.stepping import Steps

# The SDK calls the whole protocol deprecated.
pytestmark = pytest.mark.filterwarnings("ignore:.*deprecated:DeprecationWarning")

ORDERS: Any = {"type": "function", "function": {"name": "orders", "parameters": {"type": "object"}}}


async def test_a_run_goes_through_its_statuses(client: AsyncOpenAI, assistant: Assistant, steps: Steps) -> None:
    run = await begun(client, assistant)
    assert (run.status, run.instructions, run.model, run.usage) == ("queued", "Be short.", "toy-1", None)
    seen = []
    for _ in range(4):
        steps.go()
        run = await now(client, run)
        seen.append((run.status, [step.status for step in await steps_of(client, run)]))
    assert seen == [
        ("in_progress", []),
        ("in_progress", ["in_progress"]),
        ("completed", ["completed"]),
        ("completed", ["completed"]),
    ]
    assert run.usage is not None
    assert run.usage.to_dict() == {"prompt_tokens": 5, "completion_tokens": 3, "total_tokens": 8}
    assert run.completed_at is not None
    message = await reply(client, run)
    assert (message.status, message.role, text_of(message)) == ("completed", "assistant", "∅ Hello?\n")
    (step,) = await steps_of(client, run)
    assert step.step_details.to_dict() == {"type": "message_creation", "message_creation": {"message_id": message.id}}
    assert await client.beta.threads.runs.steps.retrieve(step.id, thread_id=run.thread_id, run_id=run.id) == step


async def test_the_sdk_polls_a_run(client: AsyncOpenAI, assistant: Assistant) -> None:
    thread: Any = {"messages": [{"role": "user", "content": "Hello?"}]}
    run = await client.beta.threads.create_and_run_poll(
        assistant_id=assistant.id,
        thread=thread,
        poll_interval_ms=1,
    )
    assert (run.status, text_of(await reply(client, run))) == ("completed", "∅ Hello?\n")


async def test_a_run_has_its_own_settings(toy: ToyOpenAI, client: AsyncOpenAI, assistant: Assistant) -> None:
    thread = await client.beta.threads.create(messages=[{"role": "user", "content": "Long ago"}])
    run = exact(
        await client.beta.threads.runs.create(
            thread.id,
            assistant_id=assistant.id,
            model="gpt-4o",
            additional_instructions="In French.",
            additional_messages=[{"role": "user", "content": "More?"}],
            temperature=0.3,
            tools=[ORDERS],
            response_format={"type": "json_object"},
            max_completion_tokens=300,
            metadata={"a": "1"},
            truncation_strategy={"type": "last_messages", "last_messages": 1},
        )
    )
    assert (run.model, run.instructions, run.temperature) == ("gpt-4o", "Be short.\nIn French.", 0.3)
    assert ([tool.type for tool in run.tools], run.max_completion_tokens) == (["function"], 300)
    assert run.metadata == {"a": "1"}
    assert run.truncation_strategy is not None
    assert run.truncation_strategy.to_dict() == {"type": "last_messages", "last_messages": 1}
    changed = exact(await client.beta.threads.runs.update(run.id, thread_id=thread.id, metadata={"b": "2"}))
    assert changed.metadata == {"b": "2"}
    toy.assistants.step_seconds = 0
    run = await now(client, run)
    assert run.usage is not None
    assert (run.status, run.usage.prompt_tokens) == ("completed", 7)
    assert text_of(await reply(client, run)) == '{"answer": "More?"}'


async def test_runs_of_a_thread_are_listed(toy: ToyOpenAI, client: AsyncOpenAI, assistant: Assistant) -> None:
    toy.assistants.step_seconds = 0
    first = await begun(client, assistant)
    second = await client.beta.threads.runs.create(first.thread_id, assistant_id=assistant.id, instructions="Be long.")
    listed = [exact(run) async for run in client.beta.threads.runs.list(first.thread_id, limit=1)]
    assert [(run.id, run.instructions) for run in listed] == [(second.id, "Be long."), (first.id, "Be short.")]


async def test_an_active_run_holds_its_thread(client: AsyncOpenAI, assistant: Assistant, steps: Steps) -> None:
    run = await begun(client, assistant)
    with pytest.raises(BadRequestError, match=f"already has an active run {run.id}"):
        await client.beta.threads.runs.create(run.thread_id, assistant_id=assistant.id)
    with pytest.raises(BadRequestError, match=f"while a run {run.id} is active"):
        await client.beta.threads.messages.create(run.thread_id, role="user", content="x")
    steps.go(4)
    await client.beta.threads.messages.create(run.thread_id, role="user", content="x")


async def test_a_function_is_asked_for(toy: ToyOpenAI, client: AsyncOpenAI, assistant: Assistant) -> None:
    toy.assistants.step_seconds = 0
    toy.model.script(
        Answer(calls=[Call("orders", {"id": 7}), Call("orders", "{bad", "call_2")], usage=Tokens(input=10, output=2)),
        Answer("It is on its way.", usage=Tokens(input=20, output=5)),
    )
    run = await now(client, await begun(client, assistant, tools=[ORDERS]))
    assert run.status == "requires_action"
    assert run.required_action is not None
    one, two = run.required_action.submit_tool_outputs.tool_calls
    assert (one.function.name, one.function.arguments) == ("orders", '{"id": 7}')
    assert (two.id, two.function.arguments) == ("call_2", "{bad")

    runs = client.beta.threads.runs
    with pytest.raises(BadRequestError, match="Expected tool outputs for call_ids"):
        await runs.submit_tool_outputs(run.id, thread_id=run.thread_id, tool_outputs=[{"tool_call_id": one.id}])
    outputs: Any = [{"tool_call_id": one.id, "output": "sent"}, {"tool_call_id": two.id, "output": "?"}]
    run = exact(await runs.submit_tool_outputs(run.id, thread_id=run.thread_id, tool_outputs=outputs))
    assert (run.status, run.required_action) == ("queued", None)
    run = await now(client, run)
    assert run.usage is not None
    assert (run.status, run.usage.prompt_tokens, run.usage.completion_tokens) == ("completed", 30, 7)
    assert text_of(await reply(client, run)) == "It is on its way."
    calling, writing = await steps_of(client, run)
    assert calling.usage is not None
    assert calling.usage.total_tokens == 12
    assert isinstance(calling.step_details, ToolCallsStepDetails)
    calls = [call for call in calling.step_details.tool_calls if isinstance(call, FunctionToolCall)]
    assert [call.function.output for call in calls] == ["sent", "?"]
    assert writing.type == "message_creation"
    with pytest.raises(BadRequestError, match='"completed" do not accept tool outputs'):
        await runs.submit_tool_outputs(run.id, thread_id=run.thread_id, tool_outputs=[])


async def test_outputs_of_tools_reach_the_model(toy: ToyOpenAI, client: AsyncOpenAI, assistant: Assistant) -> None:
    toy.assistants.step_seconds = 0
    search = {"type": "function", "function": {"name": "search_knowledge"}}
    run = await now(client, await begun(client, assistant, "Thirty days?", tools=[search]))
    assert run.required_action is not None
    (call,) = run.required_action.submit_tool_outputs.tool_calls
    assert call.function.arguments == '{"query": "Thirty days?"}'
    output: Any = {"tool_call_id": call.id, "output": "[1] guide.txt\nWithin thirty days."}
    await client.beta.threads.runs.submit_tool_outputs(run.id, thread_id=run.thread_id, tool_outputs=[output])
    assert text_of(await reply(client, run)) == "Within thirty days. [1]\n"


async def test_a_run_is_cancelled(client: AsyncOpenAI, assistant: Assistant, steps: Steps) -> None:
    run = await begun(client, assistant)
    steps.go(2)
    half = await reply(client, run)
    assert (half.status, text_of(half)) == ("in_progress", "∅ He")
    runs = client.beta.threads.runs
    cancelling = exact(await runs.cancel(run.id, thread_id=run.thread_id))
    assert cancelling.status == "cancelling"
    steps.go()
    cancelled = await now(client, run)
    assert (cancelled.status, cancelled.cancelled_at is not None) == ("cancelled", True)
    message = await reply(client, run)
    assert message.incomplete_details is not None
    assert (message.status, message.incomplete_details.reason) == ("incomplete", "run_cancelled")
    assert [step.status for step in await steps_of(client, run)] == ["cancelled"]
    with pytest.raises(BadRequestError, match="Cannot cancel run with status 'cancelled'"):
        await runs.cancel(run.id, thread_id=run.thread_id)


async def test_a_run_expires(toy: ToyOpenAI, client: AsyncOpenAI, assistant: Assistant, steps: Steps) -> None:
    toy.assistants.expiry_seconds = 60
    toy.model.script(Answer(calls=[Call("orders", {})]))
    run = await begun(client, assistant, tools=[ORDERS])
    assert run.expires_at is not None
    steps.go(59)
    assert (await now(client, run)).status == "requires_action"
    steps.go()
    run = await now(client, run)
    assert (run.status, run.required_action) == ("expired", None)
    assert [step.status for step in await steps_of(client, run)] == ["expired"]


async def test_a_run_fails_half_way(toy: ToyOpenAI, client: AsyncOpenAI, assistant: Assistant) -> None:
    toy.assistants.step_seconds = 0
    toy.model.script(Answer("It is on its way.", failure="rate_limit_exceeded"))
    run = await now(client, await begun(client, assistant))
    assert run.last_error is not None
    assert (run.status, run.last_error.code, run.failed_at is not None) == ("failed", "rate_limit_exceeded", True)
    message = await reply(client, run)
    assert message.incomplete_details is not None
    assert (message.incomplete_details.reason, text_of(message)) == ("run_failed", "It is on")


async def test_a_run_is_incomplete(toy: ToyOpenAI, client: AsyncOpenAI, assistant: Assistant) -> None:
    toy.assistants.step_seconds = 0
    toy.model.script(Answer("x" * 2000))
    run = await now(client, await begun(client, assistant, max_completion_tokens=256))
    assert run.incomplete_details is not None
    assert (run.status, run.incomplete_details.reason) == ("incomplete", "max_completion_tokens")
    message = await reply(client, run)
    assert message.incomplete_details is not None
    assert (message.status, message.incomplete_details.reason) == ("incomplete", "max_tokens")
    assert text_of(message) == "x" * 1024


async def test_a_filter_makes_a_run_incomplete(toy: ToyOpenAI, client: AsyncOpenAI, assistant: Assistant) -> None:
    toy.assistants.step_seconds = 0
    toy.model.script(Answer("Half", incomplete="content_filter"))
    run = await now(client, await begun(client, assistant))
    message = await reply(client, run)
    assert message.incomplete_details is not None
    assert (run.status, message.incomplete_details.reason) == ("incomplete", "content_filter")


async def test_a_commentary_and_a_refusal_are_messages(
    toy: ToyOpenAI, client: AsyncOpenAI, assistant: Assistant
) -> None:
    toy.assistants.step_seconds = 0
    toy.model.script(Answer(commentary="Looking.", refusal="I cannot."))
    run = await now(client, await begun(client, assistant))
    page = await client.beta.threads.messages.list(run.thread_id, run_id=run.id, order="asc")
    first, second = (exact(message) for message in page.data)
    assert text_of(first) == "Looking."
    assert second.content[0].to_dict() == {"type": "refusal", "refusal": "I cannot."}


@pytest.mark.parametrize(
    "settings",
    [{"max_completion_tokens": 255}, {"max_prompt_tokens": 1}, {"extra_query": {"include[]": "everything"}}],
)
async def test_impossible_runs_are_refused(
    toy: ToyOpenAI, client: AsyncOpenAI, assistant: Assistant, settings: dict[str, Any]
) -> None:
    with pytest.raises(BadRequestError):
        await begun(client, assistant, **settings)
    assert (len(toy.invalid), toy.assistants.threads) == (1, {})
