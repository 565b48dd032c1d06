"""The log file: what the program did, never what customers wrote. Keys and addresses are taken out of every line,
and of an exception only its class and its place are kept, for its message may quote what was read."""

from __future__ import annotations

import logging
import logging.handlers
import re
import sys
import traceback
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from iaposte_desktop.platform.paths import private_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from io import TextIOWrapper
    from types import TracebackType

LOG_NAME = "iaposte.log"
MAX_BYTES = 1_000_000
OLD_LOGS = 3

_NAME = r"(?:api|subscription)[-_]?key|token|password|secret"
# `name: value`, `"name": "value"` and, as headers are printed, `(b'name', b'value')`.
_BETWEEN = r"['\"]?\s*[:=]\s*b?['\"]?|['\"],\s*b?['\"]"
_SECRETS = (
    (re.compile(r"\b(?:(?:sk|pk|rk|xai|pplx|nvapi)-|(?:gsk|hf)_|AIza)[\w-]{8,}"), "[key]"),
    # Azure's older keys; longer ones are hashes, and an id has a prefix.
    (re.compile(r"\b[0-9a-fA-F]{32}\b"), "[key]"),
    # Azure's newer ones, and most others': long, and of three kinds of signs, which neither words nor hashes are.
    (re.compile(r"(?<![A-Za-z0-9])(?=[A-Za-z]*[0-9])(?=[A-Z0-9]*[a-z])(?=[a-z0-9]*[A-Z])[A-Za-z0-9]{32,}"), "[key]"),
    (re.compile(r"(?i)\b(bearer|basic)\s+[\w.~+/=-]{8,}"), r"\1 [key]"),
    (re.compile(rf"(?i)({_NAME})({_BETWEEN})[^\s'\"&,;]+"), r"\1\2[key]"),
    (re.compile(r"://[^\s/@]{1,300}@"), "://[key]@"),
    # Bounded, or a long line without any space costs the square of its length.
    (re.compile(r"[\w.+%-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64})+"), "[address]"),
)


def redact(text: str) -> str:
    """Without keys, tokens, passwords in addresses of hosts, and e-mail addresses."""
    for pattern, mark in _SECRETS:
        text = pattern.sub(mark, text)
    return text


class RedactingFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        # Another handler may have left the exception's full text on the record.
        record.exc_text = None
        return redact(super().format(record))

    def formatException(
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None],
    ) -> str:
        if ei[1] is None:
            return ""
        return "".join([*traceback.format_tb(ei[2]), type(ei[1]).__qualname__])


def is_told(record: logging.LogRecord) -> bool:
    """Ours from INFO on, libraries' from WARNING on, whatever level somebody has given to their loggers: below it they
    tell of what they send."""
    is_ours = record.name.partition(".")[0] == "iaposte_desktop"
    return record.levelno >= (logging.INFO if is_ours else logging.WARNING)


class _PrivateFileHandler(logging.handlers.RotatingFileHandler):
    def _open(self) -> TextIOWrapper:
        private_file(Path(self.baseFilename))
        return super()._open()


@contextmanager
def logging_to(folder: Path, *, verbose: bool = False) -> Iterator[Path]:
    """Log what `is_told` to a file in `folder` (and, verbose, to standard error) until the end of the context."""
    path = folder / LOG_NAME
    handlers: list[logging.Handler] = [
        _PrivateFileHandler(path, maxBytes=MAX_BYTES, backupCount=OLD_LOGS, encoding="utf-8")
    ]
    if verbose:
        handlers.append(logging.StreamHandler(sys.stderr))
    ours, root = logging.getLogger("iaposte_desktop"), logging.getLogger()
    for handler in handlers:
        handler.setFormatter(RedactingFormatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
        handler.addFilter(is_told)
        root.addHandler(handler)
    level, ours.level = ours.level, logging.INFO
    try:
        yield path
    finally:
        ours.level = level
        for handler in handlers:
            root.removeHandler(handler)
            handler.close()
