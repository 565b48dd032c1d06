"""The interface's language: Qt's translators, ours and Qt's own, switched without a restart.

Every widget hears of a switch through `changeEvent(LanguageChange)` and sets its texts again in `retranslate()`.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from iaposte_desktop.resources import FOLDER

LANGUAGES: Final = ("fr", "en")

_installed: list[QTranslator] = []
_current = "en"


def current_language() -> str:
    """`fr` or `en`."""
    return _current


def system_language() -> str:
    return "fr" if QLocale.system().language() == QLocale.Language.French else "en"


def use_language(setting: str) -> None:
    """`system`, `fr` or `en`. Sends LanguageChange to every widget."""
    global _current  # One application, one language: Qt keeps it globally, too.
    language = system_language() if setting == "system" else setting
    app = QCoreApplication.instance()
    assert app is not None, "make the QApplication first"
    for translator in _installed:
        app.removeTranslator(translator)
    _installed.clear()
    _current = language
    QLocale.setDefault(QLocale(QLocale.Language.French if language == "fr" else QLocale.Language.English))
    ours = str(FOLDER / "translations")
    theirs = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    for name, folder in ((f"qtbase_{language}", theirs), (f"iaposte_{language}", ours)):
        translator = QTranslator(app)
        if translator.load(name, folder):
            app.installTranslator(translator)
            _installed.append(translator)


def quoted(text: str) -> str:
    """In the quotation marks of the interface's language."""
    return f"«\u00a0{text}\u00a0»" if _current == "fr" else f"“{text}”"
