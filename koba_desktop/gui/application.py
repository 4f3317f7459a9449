"""The application around the window: how it is to begin, how it looks, where its settings stand."""

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from koba_desktop.gui import theme

if TYPE_CHECKING:
    from koba_desktop.gui.opening import FirstStart, SignIn


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowOptions:
    """``language`` is asked for this once; "" takes the user's choice, then
    ``default_language``, then the system's. ``settings`` is a folder for
    the window's settings instead of the user's (a demo leaves nothing behind). ``state`` is where
    crash reports lie, None: nowhere. ``first`` is what can be done where there is no office yet,
    ``sign_in`` how somebody signs in to the shared database; with neither the opener opens.
    ``plain`` is where letters lie while other programs show them (see ``PlainFiles``)."""

    language: str = ""
    default_language: str = ""
    settings: Path | None = None
    state: Path | None = None
    first: "FirstStart | None" = None
    sign_in: "SignIn | None" = None
    plain: Path | None = None


def prepare(options: WindowOptions) -> QApplication:
    """The application, dressed; its settings are the user's or those of a demo."""
    app = QApplication(sys.argv[:1])
    app.setOrganizationName("KoBa Desktop")
    app.setApplicationName("koba-desktop")
    app.setDesktopFileName("koba-desktop")
    app.setQuitOnLastWindowClosed(False)
    if options.settings is not None:
        keep_settings_in(options.settings)
    chosen = str(QSettings().value("window/scheme", theme.Scheme.SYSTEM.value))
    known = chosen in [scheme.value for scheme in theme.Scheme]
    theme.install(app, theme.Scheme(chosen) if known else theme.Scheme.SYSTEM)
    app.setWindowIcon(theme.icon("koba"))
    return app


def keep_settings_in(folder: Path) -> None:
    """From now on the window's settings stand in a folder, not where the user's do."""
    ini = QSettings.Format.IniFormat
    QSettings.setDefaultFormat(ini)
    QSettings.setPath(ini, QSettings.Scope.UserScope, str(folder))
