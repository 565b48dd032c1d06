"""The error tree. Adapters translate what they meet into these once, at their edge; nothing else crosses a port.

IAPosteError
├── InputError                  what was given cannot be used; nothing changed
│   ├── NotFound
│   ├── MailRefused             (problem)
│   ├── FileRefused             (problem)
│   ├── ImportRefused
│   ├── ArchiveRefused          (problem)
│   ├── ArchiveNotWritten
│   └── InvalidValue            (field)
├── RunError
│   ├── RunAlreadyActive        one run per thread
│   ├── NothingToAnswer         the thread holds no mail of the customer
│   ├── NoAssistant
│   ├── OverBudget
│   ├── TooManyRounds           the model kept calling tools
│   └── IllegalTransition       a defect of ours
├── ProviderError               (sent, billed, retry_after)
│   ├── ProviderUnavailable     (problem)
│   ├── KeyMissing
│   ├── KeyRefused
│   ├── RateLimited
│   ├── QuotaExhausted
│   ├── ModelGone
│   ├── ApiEnded                the server no longer speaks this protocol
│   ├── RequestRefused
│   ├── AnswerUnusable
│   └── StreamCut
├── WorkerError                 an isolated job did not finish
│   ├── WorkerTimeLimit
│   ├── WorkerMemoryLimit
│   └── WorkerCrashed
└── StorageError
    ├── DiskFull
    ├── ProfileReadOnly
    ├── ProfileInUse
    ├── WorkspaceNewer
    └── WorkspaceDamaged        (kept_at)

Each class has a stable `code`, under which `application.explain` keeps its sentences in every language.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from pathlib import Path


class Delivery(StrEnum):
    """Whether something left the machine, or was billed."""

    NO = "no"
    YES = "yes"
    MAYBE = "maybe"


@dataclass(frozen=True, slots=True)
class ErrorInfo:
    """An error as a run or a task keeps it. `detail` is technical and untranslated. `retry_after`: seconds to wait, as
    the provider told."""

    code: str
    detail: str = ""
    sent: Delivery = Delivery.NO
    billed: Delivery = Delivery.NO
    retry_after: float | None = None


class IAPosteError(Exception):
    code: ClassVar[str] = "internal"

    def __init__(self, detail: str = "") -> None:
        super().__init__(detail)
        self.detail = detail

    @property
    def info(self) -> ErrorInfo:
        return ErrorInfo(self.code, self.detail)


class InputError(IAPosteError):
    code = "input"


class NotFound(InputError):
    code = "not_found"


class MailProblem(StrEnum):
    """Why a mail was refused."""

    UNREADABLE = "unreadable"
    NOT_A_MAIL = "not_a_mail"
    EMPTY = "empty"
    TOO_LARGE = "too_large"
    TOO_COMPLEX = "too_complex"
    TIME_LIMIT = "time_limit"
    MEMORY_LIMIT = "memory_limit"
    CRASHED = "crashed"


class MailRefused(InputError):
    code = "mail_refused"

    def __init__(self, problem: MailProblem, detail: str = "") -> None:
        super().__init__(detail)
        self.problem = problem

    @property
    def info(self) -> ErrorInfo:
        return ErrorInfo(f"{self.code}.{self.problem}", self.detail)


class FileProblem(StrEnum):
    """Why a file is not in the index: the reason a row shows. `application.explain` has the sentences."""

    UNSUPPORTED = "unsupported"
    UNREADABLE = "unreadable"
    VANISHED = "vanished"
    CHANGED = "changed"
    NOT_A_FILE = "not_a_file"
    EMPTY = "empty"
    SCANNED = "scanned"
    ENCRYPTED = "encrypted"
    DAMAGED = "damaged"
    MISLABELLED = "mislabelled"
    TOO_LARGE = "too_large"
    TOO_COMPLEX = "too_complex"
    TIME_LIMIT = "time_limit"
    MEMORY_LIMIT = "memory_limit"
    CRASHED = "crashed"
    DUPLICATE = "duplicate"
    DISK_FULL = "disk_full"
    SERVER = "server"


class FileRefused(InputError):
    code = "file_refused"

    def __init__(self, problem: FileProblem, detail: str = "") -> None:
        super().__init__(detail)
        self.problem = problem

    @property
    def info(self) -> ErrorInfo:
        return ErrorInfo(f"{self.code}.{self.problem}", self.detail)


class ImportRefused(InputError):
    code = "import_refused"


class ArchiveProblem(StrEnum):
    """Why the archive of a store was refused whole."""

    UNREADABLE = "unreadable"
    NOT_AN_ARCHIVE = "not_an_archive"
    NEWER = "newer"
    DAMAGED = "damaged"
    UNSAFE = "unsafe"
    TOO_LARGE = "too_large"


class ArchiveRefused(InputError):
    code = "archive_refused"

    def __init__(self, problem: ArchiveProblem, detail: str = "") -> None:
        super().__init__(detail)
        self.problem = problem

    @property
    def info(self) -> ErrorInfo:
        return ErrorInfo(f"{self.code}.{self.problem}", self.detail)


class ArchiveNotWritten(InputError):
    code = "archive_not_written"


class InvalidValue(InputError):
    """`field` names the value at fault (`name`, `metadata`, `expires_after`, …)."""

    code = "invalid_value"

    def __init__(self, field: str, detail: str = "") -> None:
        super().__init__(detail)
        self.field = field

    @property
    def info(self) -> ErrorInfo:
        return ErrorInfo(f"{self.code}.{self.field}", self.detail)


class RunError(IAPosteError):
    code = "run"


class RunAlreadyActive(RunError):
    code = "run_already_active"


class NothingToAnswer(RunError):
    code = "nothing_to_answer"


class NoAssistant(RunError):
    code = "no_assistant"


class OverBudget(RunError):
    code = "over_budget"


class TooManyRounds(RunError):
    code = "too_many_rounds"


class IllegalTransition(RunError):
    code = "illegal_transition"


class ProviderError(IAPosteError):
    """`sent`: whether the request left the machine; `billed`: whether it may be charged."""

    code = "provider"

    def __init__(
        self,
        detail: str = "",
        *,
        sent: Delivery = Delivery.NO,
        billed: Delivery = Delivery.NO,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(detail)
        self.sent = sent
        self.billed = billed
        self.retry_after = retry_after

    @property
    def info(self) -> ErrorInfo:
        return ErrorInfo(self.code, self.detail, self.sent, self.billed, self.retry_after)


class ConnectionProblem(StrEnum):
    """Why a provider cannot be reached or used. `detail` of CERTIFICATE is the issuer's name, of DNS, REFUSED,
    REDIRECTED and PROXY the host's; BUSY and FAILED are what the server says of itself (503, 500)."""

    DNS = "dns"
    REFUSED = "refused"
    PROXY = "proxy"
    CERTIFICATE = "certificate"
    CLOCK = "clock"
    TIME_LIMIT = "time_limit"
    CAPTIVE_PORTAL = "captive_portal"
    NOT_AN_API = "not_an_api"
    REDIRECTED = "redirected"
    BUSY = "busy"
    FAILED = "failed"


class ProviderUnavailable(ProviderError):
    code = "provider_unavailable"

    def __init__(
        self,
        detail: str = "",
        *,
        problem: ConnectionProblem | None = None,
        sent: Delivery = Delivery.NO,
        billed: Delivery = Delivery.NO,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(detail, sent=sent, billed=billed, retry_after=retry_after)
        self.problem = problem

    @property
    def info(self) -> ErrorInfo:
        code = f"{self.code}.{self.problem}" if self.problem else self.code
        return ErrorInfo(code, self.detail, self.sent, self.billed, self.retry_after)


class KeyMissing(ProviderError):
    code = "key_missing"


class KeyRefused(ProviderError):
    code = "key_refused"


class RateLimited(ProviderError):
    """Too much at once: the same request succeeds later."""

    code = "rate_limited"


class QuotaExhausted(ProviderError):
    """The account has no credit left: waiting does not help."""

    code = "quota_exhausted"


class ModelGone(ProviderError):
    code = "model_gone"


class ApiEnded(ProviderError):
    code = "api_ended"


class RequestRefused(ProviderError):
    """The server understood and says no; `detail` is what it says."""

    code = "request_refused"


class AnswerUnusable(ProviderError):
    code = "answer_unusable"


class StreamCut(ProviderError):
    """The stream ended without a terminal event: interrupted, never a silent success."""

    code = "stream_cut"


class WorkerError(IAPosteError):
    code = "worker"


class WorkerTimeLimit(WorkerError):
    code = "worker_time_limit"


class WorkerMemoryLimit(WorkerError):
    code = "worker_memory_limit"


class WorkerCrashed(WorkerError):
    code = "worker_crashed"


class StorageError(IAPosteError):
    code = "storage"


class DiskFull(StorageError):
    code = "disk_full"


class ProfileReadOnly(StorageError):
    code = "profile_read_only"


class ProfileInUse(StorageError):
    code = "profile_in_use"


class WorkspaceNewer(StorageError):
    code = "workspace_newer"


class WorkspaceDamaged(StorageError):
    """`kept_at`: where the damaged file lies, untouched."""

    code = "workspace_damaged"

    def __init__(self, kept_at: Path, detail: str = "") -> None:
        super().__init__(detail)
        self.kept_at = kept_at
