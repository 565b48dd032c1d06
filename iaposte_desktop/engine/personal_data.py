"""Finds personal data by its form and its check digits. The rules' libraries are loaded with the first search."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from iaposte_desktop.domain.ports.personal_data import PersonalDatum


class RulesOfPersonalData:
    """See `PersonalDataFinder`."""

    def find(self, text: str) -> tuple[PersonalDatum, ...]:
        from iaposte_desktop.engine.personal_numbers import numbers_in  # 0.2 s that the program's start does not pay.
        from iaposte_desktop.engine.personal_phones import phones_in

        kept: list[PersonalDatum] = []
        for datum in sorted((*numbers_in(text), *phones_in(text)), key=lambda datum: (datum.start, -datum.end)):
            if not kept or datum.start >= kept[-1].end:
                kept.append(datum)
        return tuple(kept)
