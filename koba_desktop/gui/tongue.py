"""The language of the window, Qt's own texts with it."""

import sys
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, QSettings, QTranslator
from PySide6.QtWidgets import QApplication

from koba_desktop.i18n import activate, language


def first_language(asked: str, default: str) -> str:
    """What is asked for this once, else the user's choice, else ``default``, else the system's."""
    stored = str(QSettings().value("window/language", ""))
    system = QLocale.system().name().partition("_")[0]
    return asked or stored or default or ("en" if system == "en" else "de")


class Tongue(QObject):
    """Speaks one language at a time."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._translator: QTranslator | None = None

    def speak(self, code: str) -> None:
        """Put a language in force, with dialog buttons, edit menus, dates and numbers."""
        activate(code)
        QLocale.setDefault(QLocale("de_DE" if language() == "de" else "en_GB"))
        app = QApplication.instance()
        assert app is not None
        if self._translator is not None:
            app.removeTranslator(self._translator)
        self._translator = QTranslator(self)
        places = (
            QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath),
            str(Path(sys.modules["PySide6"].__path__[0]) / "translations"),
        )
        if any(self._translator.load(f"qtbase_{language()}", place) for place in places):
            app.installTranslator(self._translator)
