"""What was put in while the server was away and no longer fits: to be settled one by one."""

from collections.abc import Callable
from html import escape
from typing import cast
from uuid import UUID

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from koba_desktop.gui import theme
from koba_desktop.gui.desk import Desk
from koba_desktop.gui.mnemonics import tidy
from koba_desktop.gui.outage import wording
from koba_desktop.gui.outage.wording import Told
from koba_desktop.gui.tasks import Lane
from koba_desktop.gui.widgets import Heading, InlineMessage, Level, PrimaryButton, SecondText
from koba_desktop.i18n import _
from koba_desktop.services.outage.about import Name, people
from koba_desktop.services.outage.facade import SharedServices
from koba_desktop.services.outage.state import RefusedInput

_ID = Qt.ItemDataRole.UserRole


class UnsentDialog(QDialog):
    """Follows the desk while it is open, and closes once nothing is left."""

    def __init__(self, desk: Desk, services: SharedServices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._services = services
        self._names: dict[UUID, Name] = {}
        self._refused = {each.id for each in desk.outage.refused}
        self._sent: set[UUID] = set()  # again, and was not refused again yet
        self.setWindowTitle(_("Inputs that were not sent"))
        self.resize(theme.px(640), theme.px(460))
        self.note = SecondText("", self)
        self.note.setWordWrap(True)
        self.list = QListWidget(self)
        self.list.setProperty("framed", True)
        self.list.setAccessibleName(_("Inputs that were not sent"))
        self.list.currentRowChanged.connect(lambda _row: self._show_current())
        self.details = QTextBrowser(self)
        self.details.setAccessibleName(_("What was put in"))
        self.details.setTabChangesFocus(True)
        self.details.setMinimumHeight(theme.px(120))
        self.question = InlineMessage(self)
        self.send = PrimaryButton(_("&Send again"), self, "refresh")
        self.send.clicked.connect(self._on_send)
        self.copy = QPushButton(_("&Copy"), self)
        theme.bind_icon(self.copy, "copy")
        self.copy.clicked.connect(self._on_copy)
        self.discard = QPushButton(_("&Discard…"), self)
        theme.bind_icon(self.discard, "trash")
        self.discard.clicked.connect(self._on_discard)
        close = QPushButton(_("C&lose"), self)
        close.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        for button in (self.send, self.copy, self.discard):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        buttons.addStretch()
        buttons.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        layout.addWidget(Heading(_("These inputs no longer fit"), 1, self))
        layout.addWidget(self.note)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.details, 1)
        layout.addWidget(self.question)
        layout.addLayout(buttons)
        tidy(self)
        desk.outage_changed.connect(self._on_outage)
        theme.watcher().changed.connect(self._show_current)
        self._fill()
        self._ask()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- what is there ----------------------------------------------------------------------------

    def _on_outage(self) -> None:
        outage = self._desk.outage
        if not outage.refused and not outage.waiting:
            self.accept()
            return
        self._fill()
        refused = {each.id for each in outage.refused}
        if refused & self._sent:
            self.question.show_message(_("It still does not fit."), Level.WARNING)
        self._sent = (self._sent | self._refused) - refused
        self._refused = refused
        self._ask()

    def _ask(self) -> None:
        inputs = self._desk.outage.refused
        self._desk.ask(
            lambda view: people(view, inputs),
            self._on_names,
            owner=self,
            key="people",
            failed=self._desk.unless_expected,
        )

    def _on_names(self, names: dict[UUID, Name]) -> None:
        known, self._names = self._names, self._names | names
        if self._names != known:
            self._fill()

    def _fill(self) -> None:
        """Keep the place in the list."""
        here, row = self._current(), self.list.currentRow()
        self.list.blockSignals(True)
        self.list.clear()
        for each in self._desk.outage.refused:
            item = QListWidgetItem(self._told(each).line, self.list)
            item.setData(_ID, each.id)
            item.setSizeHint(QSize(0, theme.px(24)))
            if here is not None and each.id == here.id:
                self.list.setCurrentItem(item)
        if self.list.currentRow() < 0:
            self.list.setCurrentRow(min(max(row, 0), self.list.count() - 1))
        self.list.blockSignals(False)
        text = _(
            "They are kept on this PC until you send them again, or throw them away because they "
            "are settled."
        )
        if self._desk.outage.waiting:
            waits = _("{inputs} for the server.").format(
                inputs=wording.waiting(self._desk.outage.waiting)
            )
            text = f"{text} {waits}"
        self.note.setText(text)
        self._show_current()

    def _current(self) -> RefusedInput | None:
        item = self.list.currentItem()
        wanted = cast(UUID, item.data(_ID)) if item is not None else None
        return next((each for each in self._desk.outage.refused if each.id == wanted), None)

    def _told(self, refused: RefusedInput) -> Told:
        return wording.told(refused, self._names.get(refused.id), self._desk.book)

    def _show_current(self) -> None:
        here, quiet = self._current(), theme.tokens().text2.name()
        self.question.clear()
        for button in (self.send, self.copy, self.discard):
            button.setEnabled(here is not None)
        if here is None:
            self.details.clear()
            return
        self.send.setEnabled(here.command is not None)
        found = self._told(here)
        parts = (
            (_("What"), (found.what, *found.typed)),
            (_("When"), (found.when,)),
            (_("About"), (found.whom,)),
            (_("Why it was not taken over"), (found.why,)),
        )
        self.details.setHtml(
            "".join(
                f"<p style='margin:0 0 6px 0'><span style='color:{quiet}'>{escape(name)}</span>"
                f"<br>{'<br>'.join(escape(text).replace(chr(10), '<br>') for text in texts)}</p>"
                for name, texts in parts
                if any(texts)
            )
        )

    # --- what is done about it --------------------------------------------------------------------

    def _on_send(self) -> None:
        here = self._current()
        if here is not None:
            self._do(lambda: self._services.retry(here.id))

    def _on_copy(self) -> None:
        here = self._current()
        if here is not None:
            QGuiApplication.clipboard().setText(self._told(here).text)
            self.question.show_message(_("Copied."), Level.OK)

    def _on_discard(self) -> None:
        here = self._current()
        if here is not None:
            self.question.show_message(
                _("Throw this input away for good? It is kept nowhere else."),
                Level.WARNING,
                _("&Throw away"),
                lambda: self._do(lambda: self._services.discard(here.id)),
            )
            self.question.link.setFocus(Qt.FocusReason.OtherFocusReason)

    def _do(self, job: Callable[[], None]) -> None:
        """Written to the disk off this thread; the desk then tells what is left."""
        self.question.clear()
        self._desk.tasks.submit(Lane.COMMANDS, job, _done, self._desk.problem.emit, self)


def _done(_answer: None) -> None:
    """What is left is told by the services."""
