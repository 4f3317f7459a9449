"""A quiet line in a form that is open: somebody changed meanwhile what it is about."""

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from koba_desktop.domain.records import Changeable
from koba_desktop.gui.desk import Desk
from koba_desktop.gui.naming import member_name
from koba_desktop.gui.widgets import InlineMessage, Level, LinkButton
from koba_desktop.i18n import _, formats
from koba_desktop.services.changes import ChangeSet, Topic


class OvertakenLine(InlineMessage):
    """Says who changed the record since the form read it, and touches nothing that was typed.

    "Reload" brings in what is new (``reload_wanted``); "Carry on" puts the line away until there
    is a newer version still. Whoever saves without either meets the conflict.
    """

    reload_wanted = Signal()

    def __init__(
        self,
        desk: Desk,
        kind: type[Changeable],
        topic: Topic,
        version: Callable[[], int | None],
        sentence: str,
        parent: QWidget,
    ) -> None:
        """``version`` is the one the form has read, None while it reads or saves or nothing would
        be lost; ``sentence`` says that {name} changed it at {time}."""
        super().__init__(parent)
        self._desk = desk
        self._kind = kind
        self._record_id: UUID | None = None
        self.stored: Changeable | None = None
        """The version the line speaks of."""
        self._topic = topic
        self._version = version
        self._sentence = sentence
        self._put_away = 0
        self._carry_on = LinkButton(_("Carry on"), self)
        self._carry_on.clicked.connect(self._leave)
        layout = self.layout()
        assert layout is not None
        layout.addWidget(self._carry_on)
        desk.changed.connect(self._on_changed)

    def watch(self, record_id: UUID | None) -> None:
        """The form is about this record now."""
        if record_id != self._record_id:
            self._record_id, self._put_away = record_id, 0
            self.clear()

    def look(self) -> None:
        """Ask whether the form is still up to date."""
        kind, record_id = self._kind, self._record_id
        if record_id is None or self._version() is None:
            return
        self._desk.ask(
            lambda view: view.reader.find(kind, id=record_id, limit=1),
            self._on_answer,
            owner=self,
            key="version",
            failed=self._desk.unless_expected,
        )

    def _on_changed(self, changes: ChangeSet) -> None:
        named = changes.everything or self._record_id in changes.ids
        if named and changes.concerns(self._topic):
            self.look()

    def _on_answer(self, found: list[Changeable]) -> None:
        version = self._version()
        if version is None or not found or found[0].id != self._record_id:
            return
        stored = found[0]
        if stored.version <= version:
            self.clear()
        elif stored.version > self._put_away and stored != self.stored:
            self.stored = stored
            self._say(stored)

    def _say(self, stored: Changeable) -> None:
        me = self._desk.member.id
        mine = stored.changed_by == me
        name = (
            _("Somebody under your name")
            if mine
            else member_name(stored.changed_by, self._desk.book)
        )
        time = formats.time_of(stored.changed_at) if stored.changed_at is not None else "–"
        self.show_message(
            self._sentence.format(name=name, time=time),
            Level.INFO,
            _("Reload"),
            self.reload_wanted.emit,
        )

    def _leave(self) -> None:
        self._put_away = self.stored.version if self.stored is not None else 0
        self.clear()

    def clear(self) -> None:
        self.stored = None
        super().clear()
