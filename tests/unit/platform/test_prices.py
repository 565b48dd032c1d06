from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from iaposte_desktop.domain.prices import Price
from iaposte_desktop.platform.prices import PriceFiles, known_models
from iaposte_desktop.resources import FOLDER

if TYPE_CHECKING:
    from pathlib import Path

MINE = Price(
    "con_1", "llama", date(2026, 1, 1), Decimal("0.3"), Decimal("0.9"), long_context=100, search_call=Decimal("0.001")
)


@pytest.fixture
def files(tmp_path: Path) -> PriceFiles:
    return PriceFiles(FOLDER / "prices.json", tmp_path / "prices.json")


async def test_those_the_program_came_with(files: PriceFiles) -> None:
    shipped = await files.shipped()
    by_model = {price.model: price for price in shipped}
    assert len(by_model) == len(shipped) == 4
    terra = by_model["gpt-6.1-terra"]
    assert (terra.input, terra.cached_input, terra.output) == (Decimal(1), Decimal("0.05"), Decimal(5))
    for price in shipped:
        assert price.cache_write == price.input * Decimal("1.25")
        assert price.long_context == 272_000
        assert (price.long_input_factor, price.long_output_factor) == (Decimal(2), Decimal("1.5"))
        assert price.search_call == Decimal("2.50") / 1000


async def test_what_is_written_is_read_again_to_the_last_digit(files: PriceFiles) -> None:
    assert await files.edited() == ()
    await files.save([MINE])
    assert await files.edited() == (MINE,)
    await files.save([])
    assert await files.edited() == ()


@pytest.mark.parametrize(
    "change",
    [{"input": "-1"}, {"input": "NaN"}, {"output": "cheap"}, {"valid_from": "soon"}, {"output": None}, {"input": []}],
    ids=str,
)
async def test_a_row_that_cannot_be_read_leaves_the_others(tmp_path: Path, change: dict[str, object]) -> None:
    files = PriceFiles(FOLDER / "prices.json", tmp_path / "prices.json")
    await files.save([MINE])
    rows = json.loads((tmp_path / "prices.json").read_text("utf-8"))["prices"]
    (tmp_path / "prices.json").write_text(json.dumps({"prices": [rows[0] | change, *rows]}), "utf-8")
    assert await files.edited() == (MINE,)


@pytest.mark.expected_log("prices.json cannot be read")
async def test_a_damaged_file_is_kept_aside(tmp_path: Path) -> None:
    (tmp_path / "prices.json").write_text("{", "utf-8")
    assert await PriceFiles(FOLDER / "prices.json", tmp_path / "prices.json").edited() == ()
    assert len(list(tmp_path.glob("prices.damaged-*.json"))) == 1


def test_the_models_that_end_are_known() -> None:
    ends = {info.id: info.shutdown_date for info in known_models(FOLDER / "models.json")}
    assert ends["gpt-4o"] == date(2027, 1, 14)
    assert ends["o3"] == date(2026, 12, 11)
