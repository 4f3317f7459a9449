"""The whole program on a made-up office, without a process of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from koba_desktop.domain.errors import Unavailable
from koba_desktop.gui import theme
from koba_desktop.gui.app import Program
from koba_desktop.gui.application import WindowOptions
from koba_desktop.gui.opening import Open, Opened, Progress
from koba_desktop.i18n import activate, language
from koba_desktop.services.office.book import office_book
from koba_desktop.services.ports import PrinterOptions
from tests.support import Office


class NoPrinters:
    vector = True

    def names(self) -> list[str]:
        return []

    def options(self, printer: str) -> PrinterOptions:
        raise Unavailable("printer_missing", printer=printer)

    def send(self, pdf: Path, **_how: object) -> None:
        raise AssertionError("nothing is printed here")


class NoPages:
    def page_image(self, pdf: bytes, page: int, dpi: float) -> object:
        raise Unavailable("renderer_missing")

    def page_count(self, pdf: bytes) -> int:
        return 1


class NoRenderer:
    def render(self, *args: object, **kwargs: object) -> object:
        raise Unavailable("renderer_missing")


def opener_of(office: Office, *, os_user: str = "", demo: bool = True) -> Open:
    """Opens the office as bootstrap would, as its advisor in a demo."""

    def forward(moment: datetime) -> None:
        office.clock.set(moment)

    def opener(progress: Progress, _secret: str) -> Opened:
        progress("…", 1, 2)
        with office.services.view() as view:
            book = office_book(view)
        return Opened(
            services=office.services,
            book=book,
            renderer=NoRenderer(),  # type: ignore[arg-type]
            printers=NoPrinters(),
            pages=NoPages(),  # type: ignore[arg-type]
            place="Demo" if demo else "dieser PC",
            os_user=os_user,
            close=lambda: None,
            advance=forward if demo else None,
            first=office.actor if demo else None,
        )

    return opener


@contextmanager
def running(
    opener: Open, folder: Path, *, code: str = "en", plain: Path | None = None
) -> Iterator[Program]:
    """The program started as ``gui.app.run`` does it, closed and waited for at the end."""
    before = language()
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    QSettings.setPath(
        QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(folder / "settings")
    )
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    app.setQuitOnLastWindowClosed(False)
    theme.install(app, theme.Scheme.LIGHT)
    program = Program(opener, WindowOptions(language=code, state=folder / "state", plain=plain))
    program.start()
    try:
        yield program
    finally:
        program.window.close()
        program.shut_down()
        program.window.deleteLater()
        activate(before)
    crash = folder / "state" / "last_crash.txt"
    assert not crash.exists(), crash.read_text(encoding="utf-8")
