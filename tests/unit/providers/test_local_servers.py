from __future__ import annotations

from iaposte_desktop.domain.connections import LocalServer
from iaposte_desktop.providers.local_servers import PORTS, local_servers
from tests.fakes.toy_openai.server import ToyOpenAI
from tests.unit.providers.loopback import PAGE, RESET, SILENCE, answer, closed_port, serving


async def test_a_server_that_answers_as_an_api_does_is_found_with_its_models() -> None:
    with ToyOpenAI(key=None) as toy:
        found = await local_servers({closed_port(): "Nobody", toy.port: "Toy"})
        assert found == (LocalServer("Toy", toy.base_url, ("gpt-4o", "gpt-6.1-terra", "toy-1", "toy-reasoning-1")),)
        assert toy.invalid == []


async def test_servers_are_told_in_the_order_of_the_ports_and_without_models_too() -> None:
    empty = answer(200, {"object": "list", "data": []})
    async with serving({"GET /v1/models": empty}) as first, serving({"GET /v1/models": empty}) as second:
        found = await local_servers({second.port: "B", first.port: "A"})
    assert found == (LocalServer("B", second.url, ()), LocalServer("A", first.url, ()))


async def test_an_answer_that_ends_with_its_connection_is_read_whole() -> None:
    models = [{"id": f"model-{number:04}"} for number in range(5000)]
    found = answer(200, {"data": models}).partition(b"\r\n\r\n")[2]
    async with serving({"GET /v1/models": b"HTTP/1.0 200 OK\r\n\r\n" + found}) as server:
        assert len((await local_servers({server.port: "Toy"}))[0].models) == 5000


async def test_what_answers_otherwise_is_no_server_of_models() -> None:
    answers = {
        "a page": PAGE,
        "another object": answer(200, {"status": "ok"}),
        "no JSON": answer(200, "hello"),
        "a refusal": answer(401, {"data": []}),
        "a redirect": answer(302, {"data": []}, location="/"),
        "a reset": RESET,
        "no HTTP": b"SSH-2.0-OpenSSH_9.9\r\n",
        "half an answer": answer(200, {"data": []}, content_length="5000")[:-2],
    }
    for name, found in answers.items():
        async with serving({"GET /v1/models": found}) as server:
            assert await local_servers({server.port: name}) == (), name


async def test_a_silent_server_delays_nobody_else() -> None:
    async with serving({"GET /v1/models": SILENCE}) as silent, serving({"GET /v1/models": answer(200, [])}) as server:
        found = await local_servers({silent.port: "Silent", server.port: "Toy"}, seconds=0.5)
    assert found == (LocalServer("Toy", server.url, ()),)


def test_the_customary_ports_are_those_of_four_programs() -> None:
    assert PORTS == {11434: "Ollama", 1234: "LM Studio", 8080: "llama.cpp", 8000: "vLLM"}
