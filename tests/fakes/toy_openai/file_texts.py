"""Which files can be read into a store, and the text of one."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Final

_TEXT_SUFFIXES: Final = frozenset(
    {
        *(".css", ".html", ".json", ".md", ".tex", ".txt"),
        *(".c", ".cpp", ".cs", ".go", ".java", ".js", ".php", ".py", ".rb", ".sh", ".ts"),
    }
)
SUFFIXES: Final = _TEXT_SUFFIXES | {".doc", ".docx", ".pdf", ".pptx"}


def suffix_of(name: str) -> str:
    return PurePosixPath(name).suffix.lower()


def text_of(name: str, content: bytes) -> str:
    """Of a PDF or an Office file, its bytes as Latin-1. Raises UnicodeDecodeError for text that is not UTF-8."""
    return content.decode("utf-8" if suffix_of(name) in _TEXT_SUFFIXES else "latin-1")


def problem_of(name: str, content: bytes) -> tuple[str, str] | None:
    """The code and the message with which reading it fails."""
    if suffix_of(name) not in SUFFIXES:
        return ("unsupported_file", "The file type is not supported.")
    try:
        is_empty = not text_of(name, content).strip()
    except UnicodeDecodeError:
        return ("invalid_file", "The file could not be parsed because it is not valid UTF-8.")
    return ("invalid_file", "The file is empty.") if is_empty else None
