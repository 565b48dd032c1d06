"""Bodies of requests against the SDK's own parameter types: what they do not name, the server refuses."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, TypeAlias

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from tests.fakes.toy_openai.messages import Refused

Path: TypeAlias = tuple[str | int, ...]


class Invalid(Refused):
    """A request that the API would not take: a defect of the client. The server keeps these in `toy.invalid`."""

    def __init__(self, message: str, *, param: str | None = None, code: str | None = None) -> None:
        super().__init__(400, "invalid_request_error", message, code=code, param=param)


def validated(adapter_type: Any, body: Any) -> dict[str, Any]:
    """`body`, when it is one of `adapter_type` (a TypedDict or a union of them) and has no field beside, at any depth.

    Raises Invalid, which says what is wrong.
    """
    try:
        found = _whole(_adapter(adapter_type).validate_python(body, strict=True), ())
    except ValidationError as error:
        raise _refusal(error, ()) from None
    for path in _unknown(body, found, ()):
        param = _dotted(path)
        raise Invalid(f"Unknown parameter: '{param}'.", param=param, code="unknown_parameter")
    assert isinstance(body, dict)
    return body


@cache
def _adapter(adapter_type: Any) -> TypeAdapter[Any]:
    return TypeAdapter(adapter_type)


def _whole(value: Any, path: Path) -> Any:
    """The SDK's types say Iterable, which pydantic validates only when it is read."""
    if isinstance(value, dict):
        return {key: _whole(item, (*path, key)) for key, item in value.items()}
    if isinstance(value, list) or hasattr(value, "__next__"):
        try:
            read = list(value)
        except ValidationError as error:
            raise _refusal(error, path) from None
        return [_whole(item, (*path, index)) for index, item in enumerate(read)]
    return value


def _unknown(given: Any, found: Any, path: Path) -> Iterator[Path]:
    if isinstance(found, list) and not isinstance(given, list):
        param = _dotted(path)
        raise Invalid(f"Invalid value for '{param}': Input should be a valid list.", param=param, code="invalid_type")
    if isinstance(given, dict) and isinstance(found, dict):
        for key, value in given.items():
            if key in found:
                yield from _unknown(value, found[key], (*path, key))
            else:
                yield (*path, key)
    elif isinstance(given, list):
        for index, (value, other) in enumerate(zip(given, found, strict=True)):
            yield from _unknown(value, other, (*path, index))


def _refusal(error: ValidationError, path: Path) -> Invalid:
    worst = _most_telling(error.errors(include_url=False))
    param = _dotted((*path, *filter(_is_field, worst["loc"])))
    if worst["type"] == "missing":
        return Invalid(f"Missing required parameter: '{param}'.", param=param, code="missing_required_parameter")
    return Invalid(f"Invalid value for '{param}': {worst['msg']}.", param=param, code="invalid_type")


def _most_telling(errors: list[ErrorDetails]) -> ErrorDetails:
    """Each branch of a union has its errors. The branch that was meant is one that has its `type` and `role` right, and
    that was followed furthest."""
    others = {each["loc"][:-1] for each in errors if each["loc"] and each["loc"][-1] in ("type", "role")}
    meant = [each for each in errors if not any(each["loc"][: len(other)] == other for other in others)]
    return max(meant or errors, key=lambda each: len(each["loc"]))


def _is_field(part: str | int) -> bool:
    """Between the fields stand the names of types, as in `list[...]` or `FunctionToolParam`."""
    return isinstance(part, int) or (part.replace("_", "").islower() and part not in ("str", "int", "float", "bool"))


def _dotted(path: Path) -> str:
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text
