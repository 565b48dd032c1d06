"""The error tree. Adapters translate what they meet into these once, at their edge; nothing else crosses a port.

IAPosteError
├── InputError                  what was given cannot be used; nothing changed
│   ├── NotFound
│   ├── MailRefused             (problem)
│   ├── FileRefused             (problem)
│   ├── ImportRefused
│   └── InvalidValue            (field)
├── RunError
│   ├── RunAlreadyActive        one run per thread
│   ├── NothingToAnswer         the thread holds no mail of the customer
│   ├── NoAssistant
│   ├── OverBudget
│   ├── TooManyRounds           the model kept calling tools
│   └── IllegalTransition       a defect of ours
├── ProviderError               (sent, billed)
│   ├── ProviderUnavailable
│   ├── ModelGone
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
    """An error as a run or a task keeps it. `detail` is technical and untranslated."""

    code: str
    detail: str = ""
    sent: Delivery = Delivery.NO
    billed: Delivery = Delivery.NO


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

    def __init__(self, detail: str = "", *, sent: Delivery = Delivery.NO, billed: Delivery = Delivery.NO) -> None:
        super().__init__(detail)
        self.sent = sent
        self.billed = billed

    @property
    def info(self) -> ErrorInfo:
        return ErrorInfo(self.code, self.detail, self.sent, self.billed)


class ProviderUnavailable(ProviderError):
    code = "provider_unavailable"


class ModelGone(ProviderError):
    code = "model_gone"


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
