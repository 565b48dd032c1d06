from __future__ import annotations

import pytest

from iaposte_desktop.domain.assistants import Register
from iaposte_desktop.engine.model.salutation import salutation


@pytest.mark.parametrize(
    ("language", "name", "expected"),
    [
        ("fr", "Claire Martin", "Bonjour Claire Martin,"),
        ("fr", "Mme Claire Martin", "Bonjour Madame Martin,"),
        ("fr", "M. Jean de La Tour", "Bonjour Monsieur de La Tour,"),
        ("fr", "Mr Martin", "Bonjour Monsieur Martin,"),
        ("fr", "Martin, Claire", "Bonjour Claire Martin,"),
        ("fr", "CLAIRE MARTIN", "Bonjour Claire Martin,"),
        ("fr", "Anne-Sophie d’Ormesson", "Bonjour Anne-Sophie d’Ormesson,"),
        ("fr", "", "Bonjour,"),
        ("fr", "a@b.example", "Bonjour,"),
        ("en", "Claire Martin", "Dear Claire Martin,"),
        ("en", "Mrs Claire Martin", "Dear Ms Martin,"),
        ("en", "Dr Lee", "Dear Dr Lee,"),
        ("en", "", "Hello,"),
        ("es", "Ana", "Dear Ana,"),
    ],
)
def test_formal(language: str, name: str, expected: str) -> None:
    assert salutation(language, name, Register.FORMAL) == expected


@pytest.mark.parametrize(
    ("language", "name", "expected"),
    [
        ("fr", "Claire Martin", "Bonjour Claire,"),
        ("fr", "Mme Claire Martin", "Bonjour Claire,"),
        ("fr", "Mme Martin", "Bonjour Madame Martin,"),
        ("en", "Claire Martin", "Hi Claire,"),
        ("en", "", "Hello,"),
    ],
)
def test_informal(language: str, name: str, expected: str) -> None:
    assert salutation(language, name, Register.INFORMAL) == expected
