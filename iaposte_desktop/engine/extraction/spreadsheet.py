"""XLSX, XLS, ODS: the visible sheets, each row as `header: value; …`."""

from __future__ import annotations

import datetime
import re
from typing import TYPE_CHECKING, Any

import python_calamine as calamine

from iaposte_desktop.domain.errors import FileProblem
from iaposte_desktop.engine.extraction.blocks import Progress, clean, refused
from iaposte_desktop.engine.extraction.ole import OLE
from iaposte_desktop.engine.extraction.rows import describe_rows
from iaposte_desktop.engine.extraction.zip_guard import open_package

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO

    from iaposte_desktop.engine.extraction.blocks import Extracted

# What the library raises where it met bytes it did not expect; it is no Exception, and has no public name.
_PANIC = "PanicException"
# The beginning of a workbook, and right after it the record FILEPASS.
_PASSWORD_RECORD = re.compile(rb"\x09\x08(?:\x10\0.{16}|\x08\0.{8})(?:\x86\0\0\0)?\x2f\0", re.DOTALL)


def extract(path: Path) -> Extracted:
    with path.open("rb") as file:
        if file.read(len(OLE)) != OLE:
            open_package(path, "xl/workbook.xml", "content.xml").close()
        file.seek(0)
        yield from _sheets(file)


def _sheets(file: BinaryIO) -> Extracted:
    try:
        # By its bytes: of a path the library believes the suffix.
        with calamine.CalamineWorkbook.from_filelike(file) as workbook:
            visible = [
                sheet.name
                for sheet in workbook.sheets_metadata
                if sheet.visible == calamine.SheetVisibleEnum.Visible and sheet.typ == calamine.SheetTypeEnum.WorkSheet
            ]
            for done, name in enumerate(visible):
                yield Progress(done / len(visible))
                yield from describe_rows(_rows(workbook.get_sheet_by_name(name)), clean(name))
    except calamine.CalamineError as error:
        raise refused(FileProblem.ENCRYPTED if _is_encrypted(file) else FileProblem.DAMAGED, str(error)) from error
    except BaseException as error:
        if type(error).__name__ != _PANIC:
            raise
        raise refused(FileProblem.DAMAGED, str(error)) from error


def _is_encrypted(file: BinaryIO) -> bool:
    """For an XLS; the library tries one format after the other, and tells of none what was wrong with it."""
    file.seek(0)
    return file.read(len(OLE)) == OLE and _PASSWORD_RECORD.search(file.read()) is not None


def _rows(sheet: calamine.CalamineSheet) -> Iterator[list[str]]:
    """From the first row of the sheet, also where it is empty."""
    for row in sheet.iter_rows():
        yield [_cell(value) for value in row]


def _cell(value: Any) -> str:
    match value:
        case bool():
            return "✓" if value else "✗"
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        case float():
            return f"{value:.15g}"
        case datetime.datetime() if value.time() == datetime.time():
            return value.date().isoformat()
        case datetime.date() | datetime.time():
            return value.isoformat(" ") if isinstance(value, datetime.datetime) else value.isoformat()
        case _:
            return clean(str(value))
