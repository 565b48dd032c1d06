"""What a tab would have shown for a moment."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(slots=True)
class Toasts:
    """`action` is that of the last one."""

    texts: list[str] = field(default_factory=list)
    action: Callable[[], None] | None = None

    def show(self, text: str, action_text: str = "", action: Callable[[], None] | None = None) -> None:
        self.texts.append(f"{text} [{action_text}]" if action_text else text)
        self.action = action
