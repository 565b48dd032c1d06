"""XLSX: the visible sheets, each row as `header: value; …`."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

import python_calamine as calamine

from iaposte_desktop.domain.errors import FileProblem
from iaposte_desktop.engine.extraction.blocks import Progress, clean, refused
from iaposte_desktop.engine.extraction.rows import describe_rows
from iaposte_desktop.engine.extraction.zip_guard import open_package

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from iaposte_desktop.engine.extraction.blocks import Extracted


def extract(path: Path) -> Extracted:
    open_package(path, "xl/workbook.xml").close()
    try:
        with calamine.load_workbook(path) as workbook:
            visible = [
                sheet.name
                for sheet in workbook.sheets_metadata
                if sheet.visible == calamine.SheetVisibleEnum.Visible and sheet.typ == calamine.SheetTypeEnum.WorkSheet
            ]
            for done, name in enumerate(visible):
                yield Progress(done / len(visible))
                yield from describe_rows(_rows(workbook.get_sheet_by_name(name)), clean(name))
    except calamine.PasswordError as error:
        raise refused(FileProblem.ENCRYPTED, str(error)) from error
    except calamine.CalamineError as error:
        raise refused(FileProblem.DAMAGED, str(error)) from error


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
