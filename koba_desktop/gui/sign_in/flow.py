"""How signing in goes: by itself with a remembered password, or with what somebody types."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from PySide6.QtCore import QObject, QSettings, Qt, QTimer, Signal

from koba_desktop.domain.errors import OfficeError
from koba_desktop.gui.mnemonics import menu_letters, tidy
from koba_desktop.gui.opening import SignIn
from koba_desktop.gui.sign_in.attempt import Attempt, GivenUp
from koba_desktop.gui.sign_in.page import SignInPage
from koba_desktop.gui.sign_in.reasons import Reason, reason
from koba_desktop.gui.tasks import Lane, TaskRunner
from koba_desktop.gui.window import MainWindow
from koba_desktop.i18n import _

RETRY_S = 15
"""So long after the server was away the same is tried again."""
LAST_LOGIN = "sign_in/login"
_Keyring = tuple[bool, str]
"""Whether this PC has one, and the password it has for the login."""


@dataclass(frozen=True, slots=True)
class _Try:
    """What is tried; ``kept`` says that the password is the keyring's, ``offline`` that it is to
    open what this PC keeps."""

    login: str
    password: str = field(repr=False)
    remember: bool
    kept: bool = False
    offline: bool = False


class SignInFlow(QObject):
    """From the page to an open database.

    ``automatic`` lets a remembered password sign in by itself, once. Attempts run on the lane of
    the queries: whoever gives one up can begin another while the first still waits for the server.
    """

    signed_in = Signal(object)  # Opened
    elsewhere_wanted = Signal()
    broken = Signal(object)  # an Exception nobody expected
    _progressed = Signal(str)

    def __init__(
        self,
        window: MainWindow,
        tasks: TaskRunner,
        sign_in: SignIn,
        parent: QObject,
        *,
        automatic: bool = True,
    ) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._sign_in = sign_in
        self._automatic = automatic
        self._attempt: Attempt | None = None
        self._tried: _Try | None = None
        self._quiet = False
        # And whether the password was a kept one, and the server was not asked.
        self._trouble: tuple[OfficeError, bool, bool] | None = None
        self._keyring: _Keyring | None = None
        self._retry = QTimer(self, singleShot=True, interval=RETRY_S * 1000)
        self._retry.timeout.connect(self._try_again_quietly)
        self._progressed.connect(self._on_progress)
        self._window = window

    def start(self, trouble: OfficeError | None = None) -> None:
        """The page; and what the keyring knows, or why an attempt without the page failed."""
        last = str(QSettings().value(LAST_LOGIN, ""))
        self._show_page(self._sign_in.login or last or self._sign_in.os_user, "")
        if trouble is not None:
            self._automatic = False
            self._show_trouble(trouble)
        self._ask_keyring()

    def move_to(self, window: MainWindow) -> None:
        """The same in another window, which speaks another language."""
        login, password, remember = self.page.typed()
        self._window = window
        self._show_page(login, password)
        if self._keyring is not None:
            self.page.offer_remembering(self._keyring[0], remember)
        if self._attempt is not None and not self._quiet:
            self.page.wait(True)
        elif self._trouble is not None:
            self._show_trouble(*self._trouble)

    def leave(self) -> None:
        """Nobody waits for an answer any more."""
        self._retry.stop()
        attempt, self._attempt = self._attempt, None
        opened = attempt.take() if attempt is not None else None
        if opened is not None:
            opened.close()

    # --- the page ---------------------------------------------------------------------------------

    def _show_page(self, login: str, password: str) -> None:
        sign_in, window = self._sign_in, self._window
        page = SignInPage(sign_in.server, sign_in.encrypted, sign_in.elsewhere is not None, window)
        page.put(login, password)
        page.sign_in_wanted.connect(self._on_wanted)
        page.cancel_wanted.connect(self._on_cancel)
        page.elsewhere_wanted.connect(self.elsewhere_wanted)
        page.offline_wanted.connect(self._on_offline)
        page.close_wanted.connect(window.close)
        page.edited.connect(self._on_edited)
        tidy(page, menu_letters(window))
        self.page = page
        window.show_assistant(page)
        page.start()

    def _ask_keyring(self) -> None:
        sign_in, login = self._sign_in, self.page.typed()[0]

        def look() -> _Keyring:
            if not sign_in.can_remember():
                return False, ""
            try:
                return True, sign_in.remembered(login) if login else ""
            except OfficeError:
                return True, ""  # it is locked: the password is typed

        self._tasks.submit(Lane.QUERIES, look, self._on_keyring, self._on_failed, self)

    def _on_keyring(self, answer: _Keyring) -> None:
        self._keyring = answer
        usable, password = answer
        self.page.offer_remembering(usable, bool(password))
        login, typed, _remember = self.page.typed()
        automatic, self._automatic = self._automatic, False
        if automatic and password and not typed and self._attempt is None:
            self._begin(_Try(login, password, remember=True, kept=True))

    def _on_edited(self) -> None:
        """Who types wants something else than what was tried."""
        self._automatic = False
        self._retry.stop()
        self.page.show_waiting("")
        if self._quiet:
            self._give_up()

    # --- attempts ---------------------------------------------------------------------------------

    def _on_wanted(self) -> None:
        self._retry.stop()
        self._give_up()
        login, password, remember = self.page.typed()
        if not login:
            self.page.show_missing(_("Type your login."))
        elif password:
            self._begin(_Try(login, password, remember))
        elif self._tried is not None and self._tried.kept and self._tried.login == login:
            self._begin(self._tried)
        elif self._keyring is not None and self._keyring[0]:
            self._begin(_Try(login, "", remember=True, kept=True))
        else:
            self.page.show_missing(_("Type your password."))

    def _begin(self, tried: _Try, *, quiet: bool = False) -> None:
        """Try it; ``quiet`` leaves the page as it is, for nobody pressed a button."""
        attempt = self._attempt = Attempt()
        self._tried, self._quiet = tried, quiet
        if quiet:
            self.page.show_waiting(_("Connecting to the server …"))
        else:
            self._trouble = None
            self.page.wait(True)
        sign_in = self._sign_in

        def progress(text: str, _done: int, _total: int) -> None:
            attempt.step()
            self._progressed.emit(text)

        def job() -> None:
            password = tried.password
            if not password:
                password = _remembered(sign_in, tried.login)
            if not password:
                raise _NothingRemembered
            attempt.step()
            if tried.offline and sign_in.kept is not None:
                attempt.succeed(sign_in.kept.open(progress, tried.login, password))
            else:
                attempt.succeed(sign_in.open(progress, tried.login, password, tried.remember))

        self._tasks.submit(
            Lane.QUERIES,
            job,
            lambda _none: self._on_opened(attempt),
            lambda error: self._on_not_opened(attempt, error),
            self,
        )

    def _on_progress(self, text: str) -> None:
        self.page.show_step(text)

    def _on_cancel(self) -> None:
        self._give_up()
        self.page.wait(False)
        self.page.start()

    def _give_up(self) -> None:
        attempt, self._attempt, self._quiet = self._attempt, None, False
        opened = attempt.take() if attempt is not None else None
        if opened is not None:
            self._tasks.submit(Lane.QUERIES, opened.close, _ignored, self._on_failed, self)

    def _on_opened(self, attempt: Attempt) -> None:
        opened = attempt.take()
        if opened is None or self._tried is None:
            return
        self._attempt = None
        QSettings().setValue(LAST_LOGIN, self._tried.login)
        self.page.password.set_text("")
        self._tried = None
        self.signed_in.emit(opened)

    def _on_not_opened(self, attempt: Attempt, error: Exception) -> None:
        if attempt is not self._attempt or isinstance(error, GivenUp):
            return
        quiet, self._quiet, self._attempt = self._quiet, False, None
        if not quiet:
            self.page.wait(False)
        if isinstance(error, _NothingRemembered):
            self._tried = None
            self.page.show_missing(_("Type your password."))
        elif isinstance(error, OfficeError):
            self._on_refused(error, quiet)
        else:
            self.broken.emit(error)
            self.page.show_reason(Reason(_("This is not possible at the moment."), "", False))

    def _on_refused(self, error: OfficeError, quiet: bool) -> None:
        tried = self._tried
        if tried is not None and tried.offline:
            self._tried = None  # the server is not asked in vain meanwhile
            self._show_trouble(error, offline=True)
            return
        if error.code == "vault_password_changed" and tried is not None:
            self._ask_former_password(tried)
            return
        kept = tried is not None and tried.kept
        if quiet and self._trouble is not None and self._trouble[0].code == error.code:
            self._wait_for_server()  # it was said before
            return
        if error.code == "password_wrong" and self._tried is not None and kept:
            self._forget(self._tried.login)
        self._show_trouble(error, kept)

    def _show_trouble(self, error: OfficeError, kept: bool = False, offline: bool = False) -> None:
        self._trouble = error, kept, offline
        found = reason(error, kept=kept, now=datetime.now(UTC))
        self.page.show_reason(found)
        if found.waits and self._tried is not None:
            self._wait_for_server()
        else:
            self._retry.stop()
            self.page.show_waiting("")
        if found.waits or offline:
            self._look_for_kept()

    # --- without the server -----------------------------------------------------------------------

    def _look_for_kept(self) -> None:
        """Whether this PC keeps what somebody could go on with."""
        kept, (login, _password, _remember) = self._sign_in.kept, self.page.typed()
        if kept is not None and login:
            self._tasks.submit(
                Lane.QUERIES,
                lambda: kept.holds(login),
                self._offer_offline,
                self._on_failed,
                self.page,
                "kept",
            )

    def _offer_offline(self, there: bool) -> None:
        idle = self._attempt is None or self._quiet
        self.page.offline_button.setVisible(there and idle)

    def _on_offline(self) -> None:
        """With the password on the page, or the one that was tried before."""
        self._retry.stop()
        self._give_up()
        login, password, _remember = self.page.typed()
        tried = self._tried
        if not password and tried is not None and tried.login == login:
            password = tried.password
        keyring = self._keyring is not None and self._keyring[0]
        if not password and not keyring:
            self.page.show_missing(_("Type your password."))
            return
        self._begin(_Try(login, password, remember=False, kept=not password, offline=True))

    def _ask_former_password(self, tried: _Try) -> None:
        """The server took the password; what this PC keeps is locked by the one before."""
        from koba_desktop.gui.sign_in.former_password import FormerPasswordDialog

        sign_in, kept = self._sign_in, self._sign_in.kept
        assert kept is not None

        def take_over(former: str) -> None:
            present = tried.password or _remembered(sign_in, tried.login)
            kept.take_over(tried.login, former, present)

        dialog = FormerPasswordDialog(
            self._tasks,
            take_over,
            lambda: kept.put_aside(tried.login),
            self.broken.emit,
            self._window,
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.settled.connect(lambda: self._begin(tried))
        dialog.open()

    def _wait_for_server(self) -> None:
        text = _("The program tries again every {n} seconds.").format(n=RETRY_S)
        self.page.show_waiting(text)
        self._retry.start()

    def _try_again_quietly(self) -> None:
        if self._tried is not None and self._attempt is None:
            self._begin(self._tried, quiet=True)

    def _forget(self, login: str) -> None:
        """A remembered password that is wrong would only be tried in vain, each morning."""
        sign_in = self._sign_in
        self._tried = None
        self._tasks.submit(
            Lane.QUERIES, lambda: sign_in.forget(login), _ignored, self._on_failed, self
        )

    def _on_failed(self, error: Exception) -> None:
        """Something beside the attempt: the password is typed then, and nothing remembered."""
        if not isinstance(error, OfficeError):
            self.broken.emit(error)


class _NothingRemembered(Exception):
    """The keyring has no password for the login."""


def _remembered(sign_in: SignIn, login: str) -> str:
    try:
        return sign_in.remembered(login)
    except OfficeError:
        return ""


def _ignored(_answer: None) -> None:
    """There is nothing to be done with it."""
