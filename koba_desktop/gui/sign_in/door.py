"""The way into the shared database, and out again: which page stands in the window when."""

from PySide6.QtCore import QObject, QSettings, Signal
from PySide6.QtGui import QAction

from koba_desktop.domain.errors import OfficeError
from koba_desktop.gui import theme
from koba_desktop.gui.mnemonics import menu_letters, tidy
from koba_desktop.gui.opening import Connect, ServerNamed, SignIn
from koba_desktop.gui.sign_in.flow import SignInFlow
from koba_desktop.gui.sign_in.server_page import ServerPage
from koba_desktop.gui.tasks import Lane, TaskRunner
from koba_desktop.gui.window import MainWindow
from koba_desktop.i18n import _
from koba_desktop.i18n.messages import describe


class Door(QObject):
    """Stands in a window until somebody is signed in, and again after signing out.

    With ``sign_in`` it is known where the database is. Otherwise ``connect`` takes what somebody
    types about it, or that person goes back (``back_wanted``) to where he or she came from.
    """

    signed_in = Signal(object)  # Opened
    back_wanted = Signal()
    connected = Signal()  # where the database is stands in the user's configuration now
    language_chosen = Signal(str)
    broken = Signal(object)  # an Exception nobody expected

    def __init__(
        self, tasks: TaskRunner, sign_in: SignIn | None, connect: Connect | None, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._sign_in = sign_in
        self._connect = connect
        self._window: MainWindow | None = None
        self.flow: SignInFlow | None = None
        self.server_page: ServerPage | None = None

    @property
    def stands(self) -> bool:
        """Whether one of its pages is in the window."""
        return self._window is not None

    def enter(
        self, window: MainWindow, *, automatic: bool = True, trouble: OfficeError | None = None
    ) -> None:
        """Show the page; ``automatic`` lets a remembered password sign in by itself. ``trouble``
        says why that failed before."""
        self._stand_in(window)
        if self._sign_in is None:
            self._ask_server(ServerNamed())
        else:
            self._show_flow(self._sign_in, automatic=automatic, trouble=trouble)

    def move_to(self, window: MainWindow) -> None:
        """The same in another window, which speaks another language."""
        self._stand_in(window)
        if self.flow is not None:
            self.flow.move_to(window)
        elif self.server_page is not None:
            self._ask_server(self.server_page.named())

    def leave(self) -> None:
        """The window is closing, or filled with the office."""
        flow, self.flow, self.server_page = self.flow, None, None
        if flow is not None:
            flow.leave()
            flow.deleteLater()
        window, self._window = self._window, None
        if window is not None:
            window.actions_.languages.triggered.disconnect(self._on_language)
            window.actions_.schemes.triggered.disconnect(self._on_scheme)

    def _stand_in(self, window: MainWindow) -> None:
        """Language and colours can be chosen before anybody is signed in."""
        self._window = window
        window.actions_.languages.triggered.connect(self._on_language)
        window.actions_.schemes.triggered.connect(self._on_scheme)

    def _on_language(self, action: QAction) -> None:
        self.language_chosen.emit(action.data())

    def _on_scheme(self, action: QAction) -> None:
        theme.set_scheme(theme.Scheme(action.data()))
        QSettings().setValue("window/scheme", str(action.data()))

    # --- signing in -------------------------------------------------------------------------------

    def _show_flow(
        self, sign_in: SignIn, *, automatic: bool = True, trouble: OfficeError | None = None
    ) -> None:
        assert self._window is not None
        self.server_page = None
        flow = self.flow = SignInFlow(self._window, self._tasks, sign_in, self, automatic=automatic)
        flow.signed_in.connect(self.signed_in)
        flow.broken.connect(self.broken)
        flow.elsewhere_wanted.connect(self._on_elsewhere)
        flow.start(trouble)

    def _on_elsewhere(self) -> None:
        assert self._sign_in is not None
        self._ask_server(self._sign_in.named)

    # --- which server -----------------------------------------------------------------------------

    def _ask_server(self, named: ServerNamed) -> None:
        assert self._window is not None
        flow, self.flow = self.flow, None
        if flow is not None:
            flow.leave()
            flow.deleteLater()
        page = self.server_page = ServerPage(named, self._window)
        tidy(page, menu_letters(self._window))
        page.back_wanted.connect(self._on_back)
        page.connect_wanted.connect(self._on_named)
        self._window.show_assistant(page)
        page.start()

    def _on_back(self) -> None:
        if self._sign_in is None:
            self.back_wanted.emit()
        else:
            self._show_flow(self._sign_in, automatic=False)

    def _on_named(self) -> None:
        page = self.server_page
        connect = self._sign_in.elsewhere if self._sign_in is not None else self._connect
        assert page is not None
        assert connect is not None
        named = page.named()
        page.wait(True)
        self._tasks.submit(
            Lane.QUERIES, lambda: connect(named), self._on_connected, self._on_not_connected, page
        )

    def _on_connected(self, sign_in: SignIn) -> None:
        self._sign_in = sign_in
        self.connected.emit()
        self._show_flow(sign_in)

    def _on_not_connected(self, error: Exception) -> None:
        page = self.server_page
        assert page is not None
        page.wait(False)
        if isinstance(error, OfficeError):
            page.show_problem(describe(error))
        else:
            self.broken.emit(error)
            page.show_problem(_("This is not possible at the moment."))
