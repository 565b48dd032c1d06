"""`/files`: what was uploaded, by id."""

from __future__ import annotations

import time
from pathlib import PurePosixPath
from typing import Final, NoReturn

from tests.fakes.toy_openai.cursor_pages import Body, new_id, page
from tests.fakes.toy_openai.messages import Refused, Reply, Request, Route
from tests.fakes.toy_openai.multipart import UploadedPart, multipart
from tests.fakes.toy_openai.validation import Invalid

PURPOSES: Final = ("assistants", "batch", "fine-tune", "vision", "user_data", "evals")
_SHORTEST_LIFE: Final = 3600
_LONGEST_LIFE: Final = 2592000


class Files:
    """`contents` and `names` are by file id. With `underscores_names` each character of a new file's name that is not
    ASCII becomes an underscore, as on some self-hosted servers."""

    def __init__(self) -> None:
        self.contents: dict[str, bytes] = {}
        self.names: dict[str, str] = {}
        self.underscores_names = False
        self._objects: dict[str, Body] = {}

    def routes(self) -> list[Route]:
        return [
            Route("POST", "/files", self._create),
            Route("GET", "/files", self._list),
            Route("GET", "/files/{file_id}", self._retrieve),
            Route("DELETE", "/files/{file_id}", self._delete),
            Route("GET", "/files/{file_id}/content", self._content),
        ]

    def add(self, name: str, content: bytes, purpose: str = "assistants", expires_at: int | None = None) -> Body:
        """The file object. `expires_at` in seconds since 1970."""
        file_id = new_id("file-")
        if self.underscores_names:
            name = "".join(character if character.isascii() else "_" for character in name)
        self.contents[file_id] = content
        self.names[file_id] = name
        self._objects[file_id] = {
            "id": file_id,
            "object": "file",
            "bytes": len(content),
            "created_at": int(time.time()),
            "expires_at": expires_at,
            "filename": name,
            "purpose": purpose,
            "status": "processed",
            "status_details": None,
        }
        return self._objects[file_id]

    def retrieve(self, file_id: str) -> Body:
        """Raises Refused for an unknown id."""
        if file_id not in self._objects:
            raise Refused(404, "invalid_request_error", f"No such File object: {file_id}", None, "id")
        return self._objects[file_id]

    async def _create(self, request: Request) -> Reply:
        parts = multipart(request)
        file = parts.get("file")
        purpose = _text(parts, "purpose")
        if file is None or file.filename is None:
            _refuse("'file' is a required property", "file")
        if purpose is None:
            _refuse("'purpose' is a required property", "purpose")
        if purpose not in PURPOSES:
            _refuse(f"'{purpose}' is not one of {list(PURPOSES)} - 'purpose'", "purpose")
        return Reply(self.add(PurePosixPath(file.filename).name, file.content, purpose, _expires_at(parts)))

    async def _list(self, request: Request) -> Reply:
        purpose = request.query.get("purpose")
        found = [item for item in self._objects.values() if purpose is None or item["purpose"] == purpose]
        return Reply(page(found, request.query, limit=10000, highest=10000))

    async def _retrieve(self, request: Request) -> Reply:
        return Reply(self.retrieve(request.parts["file_id"]))

    async def _delete(self, request: Request) -> Reply:
        file_id = self.retrieve(request.parts["file_id"])["id"]
        for known in (self._objects, self.contents, self.names):
            del known[file_id]
        return Reply({"id": file_id, "object": "file", "deleted": True})

    async def _content(self, request: Request) -> Reply:
        file = self.retrieve(request.parts["file_id"])
        if (purpose := file["purpose"]) in {"assistants", "user_data"}:
            message = f"Not allowed to download files of purpose: {purpose}"
            raise Refused(403, "invalid_request_error", message)
        return Reply(self.contents[file["id"]], headers={"content-type": "application/octet-stream"})


def _expires_at(parts: dict[str, UploadedPart]) -> int | None:
    anchor = _text(parts, "expires_after[anchor]")
    seconds = _text(parts, "expires_after[seconds]")
    if anchor is None and seconds is None:
        return None
    if anchor != "created_at":
        _refuse(f"'{anchor}' is not one of ['created_at'] - 'expires_after.anchor'", "expires_after.anchor")
    if seconds is None or not seconds.isdecimal() or not _SHORTEST_LIFE <= int(seconds) <= _LONGEST_LIFE:
        limits = f"between {_SHORTEST_LIFE} and {_LONGEST_LIFE}"
        _refuse(f"Invalid 'expires_after.seconds': expected a value {limits}.", "expires_after.seconds")
    return int(time.time()) + int(seconds)


def _text(parts: dict[str, UploadedPart], name: str) -> str | None:
    return parts[name].text() if name in parts else None


def _refuse(message: str, param: str) -> NoReturn:
    raise Invalid(message, param=param)
