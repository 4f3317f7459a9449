"""An emergency that was typed and not assigned today: it can be carried on or thrown away."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from koba_desktop.domain.clock import day_of
from koba_desktop.domain.entities.bookkeeping import Draft
from koba_desktop.gui import theme
from koba_desktop.gui.desk import Desk
from koba_desktop.gui.drafts import ABOUT
from koba_desktop.gui.widgets import IconLabel, LinkButton
from koba_desktop.i18n import _, formats
from koba_desktop.services.changes import ChangeSet, Topic
from koba_desktop.services.commands import DiscardDraft
from koba_desktop.services.drafts.keeping import open_drafts
from koba_desktop.services.view import View

FORM = "emergency"
"""The form's name among the drafts."""


class KeptRow(QWidget):
    """Looks whenever the desk is opened. Older days' stand in the list of unfinished forms."""

    carry_on_wanted = Signal(object)  # Draft

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._draft: Draft | None = None
        self._looking = False
        self.text = IconLabel("pencil", "", self, role="accent")
        self.text.label.setTextFormat(Qt.TextFormat.PlainText)
        self.text.label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.carry_on = LinkButton(_("Carr&y on"), self)
        self.carry_on.clicked.connect(self._on_carry_on)
        self.discard = LinkButton(_("Discard"), self)
        self.discard.clicked.connect(self._on_discard)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 4, 14, 4)
        row.setSpacing(12)
        row.addWidget(self.text, 1)
        row.addWidget(self.carry_on)
        row.addWidget(self.discard)
        self.hide()
        desk.changed.connect(self._on_changed)
        theme.watcher().changed.connect(self.update)

    def look(self) -> None:
        """Show the latest one of today, if there is any, until it is put away."""
        self._looking = True
        today = self._desk.today()

        def latest(view: View) -> Draft | None:
            mine = (draft for draft in open_drafts(view) if draft.form == FORM)
            return next((draft for draft in mine if day_of(draft.saved_at) == today), None)

        self._desk.ask(latest, self._show, owner=self, key="kept")

    def put_away(self) -> None:
        """It is carried on, or a new one is begun: the row is no longer needed."""
        self._looking = False
        self.hide()

    def _on_changed(self, changes: ChangeSet) -> None:
        if self._looking and changes.concerns(Topic.DRAFTS):
            self.look()

    def _show(self, draft: Draft | None) -> None:
        if not self._looking:
            return
        self._draft = draft
        if draft is not None:
            name = draft.content.get(ABOUT) or _("nobody named yet")
            time = formats.time_of(draft.saved_at)
            text = _("Not assigned yet: {name}, {time}").format(name=name, time=time)
            self.text.set(text)
            self.setAccessibleName(text)
        self.setVisible(draft is not None)

    def _on_carry_on(self) -> None:
        draft = self._draft
        self.hide()
        if draft is not None:
            self.carry_on_wanted.emit(draft)

    def _on_discard(self) -> None:
        if self._draft is not None:
            self._desk.execute(DiscardDraft(draft_id=self._draft.id), self)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.tokens().alternate)
        painter.setPen(theme.tokens().separator)
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
