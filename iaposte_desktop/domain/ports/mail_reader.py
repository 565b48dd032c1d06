from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pathlib import Path

    from iaposte_desktop.domain.mail import ParsedMail


class MailReader(Protocol):
    async def read(self, path: Path) -> ParsedMail:
        """Parse a mail file in a limited worker process. Raises MailRefused; the file is never changed."""
        ...

    async def read_text(self, text: str) -> ParsedMail:
        """Parse pasted text: a whole mail with its headers, or just a body (then the headers are empty)."""
        ...
