from __future__ import annotations

from pathlib import Path

from iaposte_desktop.domain.errors import MailProblem, MailRefused
from iaposte_desktop.domain.mail import ParsedMail
from iaposte_desktop.domain.threads import MailHeaders

ADA = "ada@example.org"


class ScriptedMails:
    """`MailReader` that knows the mails it was given, and answers at once."""

    def __init__(self) -> None:
        self._mails: dict[Path, ParsedMail] = {}

    def add(self, name: str, text: str, subject: str = "", sender: str = ADA) -> Path:
        """The path under which this mail will be read."""
        path = Path(name)
        headers = MailHeaders(f"<{name}@example.org>", None, (), "Ada Lovelace", sender, (), subject, None)
        self._mails[path] = ParsedMail(headers, text, "", "", "en")
        return path

    async def read(self, path: Path) -> ParsedMail:
        try:
            return self._mails[path]
        except KeyError:
            raise MailRefused(MailProblem.UNREADABLE, str(path)) from None

    async def read_text(self, text: str) -> ParsedMail:
        return ParsedMail(MailHeaders(None, None, (), "", "", (), "", None), text, "", "", None)
