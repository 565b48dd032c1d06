"""Secrets have one type: whatever prints, logs or journals one shows no part of it."""

from __future__ import annotations


class Secret:
    """A key or password in memory. Only `reveal` gives it away; it is neither compared by value nor pickled."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        return self._value

    def __repr__(self) -> str:
        return "Secret(…)"

    def __reduce__(self) -> str | tuple[object, ...]:
        raise TypeError("a secret is not written down")
