"""The settings of the program, each declared once. Forms, storage and documentation are driven by `ALL_SETTINGS`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Setting(Generic[T]):
    """`key` is its name in the file; a value has the type of `default`, and is one of `choices` where there are any."""

    key: str
    default: T
    choices: tuple[T, ...] = ()

    def accepts(self, value: object) -> bool:
        if type(value) is not type(self.default) or (self.choices and value not in self.choices):
            return False
        return not isinstance(value, dict) or all(isinstance(text, str) for pair in value.items() for text in pair)


_NO_STATE: Mapping[str, str] = {}

LANGUAGE = Setting("language", "system", ("system", "fr", "en"))
THEME = Setting("theme", "system", ("system", "light", "dark"))
AGENT_NAME = Setting("agent_name", "")
SIGNATURE = Setting("signature", "")
DEFAULT_ASSISTANT_ID = Setting("default_assistant_id", "")
DEFAULT_CONNECTION_ID = Setting("default_connection_id", "")
"""Empty: the built-in model of this machine."""
WINDOW_STATE = Setting("window_state", _NO_STATE)
"""Opaque strings of the window (geometry, splitters, columns) by names of its own."""

ALL_SETTINGS: tuple[Setting[Any], ...] = (
    LANGUAGE,
    THEME,
    AGENT_NAME,
    SIGNATURE,
    DEFAULT_ASSISTANT_ID,
    DEFAULT_CONNECTION_ID,
    WINDOW_STATE,
)


class Settings(Protocol):
    """Safe to use from any thread."""

    def get(self, setting: Setting[T]) -> T: ...

    def set(self, setting: Setting[T], value: T) -> None:
        """Returns at once; the file is written soon after, on another thread. Raises InvalidValue."""
        ...
