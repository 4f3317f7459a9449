"""The form "Close a room …": out of service, cleaning or internal use, from when to when, and why.

Not modal. It says beforehand whose bookings are in the way: they get other rooms. What is wrong
stands at its field.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from koba_desktop.domain.entities.rooms import Room
from koba_desktop.domain.errors import OfficeError, Problem
from koba_desktop.domain.vocabulary import ReasonCode, RoomUse
from koba_desktop.gui import mnemonics, theme
from koba_desktop.gui.desk import Desk
from koba_desktop.gui.drafts import DraftKeeper
from koba_desktop.gui.kept_dialog import KeptDialog
from koba_desktop.gui.rooms import telling
from koba_desktop.gui.rooms.moment_field import MomentField
from koba_desktop.gui.widgets import Heading, InlineMessage, Level, PrimaryButton, SecondText
from koba_desktop.gui.widgets.choices import row_of
from koba_desktop.i18n import _, pgettext
from koba_desktop.i18n.messages import message
from koba_desktop.i18n.words import word
from koba_desktop.services.commands.door import CloseRoom
from koba_desktop.services.execution import Receipt
from koba_desktop.services.rooms.closing import LONGEST
from koba_desktop.services.rooms.situations import rooms_in_use
from koba_desktop.services.rooms.suggesting import closing_time
from koba_desktop.services.rows import RoomBookingRow
from koba_desktop.services.view import View

if TYPE_CHECKING:
    from koba_desktop.domain.entities.bookkeeping import Draft

FORM = "room_closure"
PAUSE_MS = 250
_USES = (RoomUse.MAINTENANCE, RoomUse.CLEANING, RoomUse.INTERNAL)
_REASONS = (
    ReasonCode.DEFECT,
    ReasonCode.LEAD_DECISION,
    ReasonCode.OFFICE_CLOSED,
    ReasonCode.OTHER,
)
_NOTE = 60

Tell = Callable[[Receipt, str], None]


@dataclass(frozen=True, slots=True)
class _House:
    """What the form offers: the rooms, and when the office closes today."""

    rooms: tuple[Room, ...]
    closes: datetime


class RoomClosing(KeptDialog):
    """``tell`` says in the quiet line what was done and whom it touched (``RoomDeeds.tell``)."""

    def __init__(
        self,
        desk: Desk,
        room_id: UUID | None,
        tell: Tell,
        parent: QWidget | None = None,
        draft: "Draft | None" = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._wanted = room_id
        self._tell = tell
        self._draft = draft
        self._saving = False
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        self._build()
        self._load()

    # --- the form ---------------------------------------------------------------------------------

    def _build(self) -> None:
        self.setWindowTitle(_("Close a room"))
        self.setMinimumWidth(theme.px(460))
        self.room = QComboBox(self)
        self.use = QComboBox(self)
        self.starts = MomentField(_("From"), self)
        self.ends = MomentField(_("Until"), self)
        self.reason = QComboBox(self)
        self.note = QLineEdit(self)
        self.note.setMaxLength(_NOTE)
        self.note.setPlaceholderText(_("for example: heating broken"))
        for use in _USES:
            self.use.addItem(_use_text(use), use.value)
        for reason in _REASONS:
            self.reason.addItem(word(reason), reason.value)
        self._errors: dict[str, QLabel] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        for line, (name, text, field) in enumerate(
            (
                ("room_id", _("&Room"), self.room),
                ("use", _("What &for"), self.use),
                ("starts", _("Fr&om"), self.starts),
                ("ends", _("&Until"), self.ends),
                ("reason", _("Re&ason"), self.reason),
                ("note", _("&Note"), self.note),
            )
        ):
            self._add(grid, line, name, text, field)
        self.hint = InlineMessage(self)
        self.problem = InlineMessage(self)
        self.save_button = PrimaryButton(_("&Close the room"), self)
        self.save_button.clicked.connect(self.save)
        self.discard_button = QPushButton(_("&Discard"), self)
        self.discard_button.clicked.connect(self.discard)
        self.discard_button.setAutoDefault(False)
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(self.discard_button)
        buttons.addWidget(self.save_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        layout.addWidget(Heading(_("Close a room"), 1, self))
        layout.addLayout(grid)
        secret = SecondText(
            _("The note can be read by everybody here: nothing about clients."), self
        )
        secret.setWordWrap(True)
        layout.addWidget(secret)
        layout.addWidget(self.hint)
        layout.addWidget(self.problem)
        layout.addStretch()
        layout.addLayout(buttons)
        for keys in ("Ctrl+S", "Ctrl+Return"):
            QShortcut(QKeySequence(keys), self, self.save)
        self.note.returnPressed.connect(self.save)
        mnemonics.tidy(self)

    def _add(self, grid: QGridLayout, line: int, name: str, text: str, field: QWidget) -> None:
        label = QLabel(text, self)
        label.setBuddy(field.focusProxy() or field)
        if not isinstance(field, MomentField):
            field.setAccessibleName(text.replace("&", ""))
        error = QLabel(self)
        error.setProperty("role", "error")
        error.setWordWrap(True)
        error.hide()
        self._errors[name] = error
        grid.addWidget(label, 2 * line, 0)
        grid.addWidget(field, 2 * line, 1)
        grid.addWidget(error, 2 * line + 1, 1)

    def _load(self) -> None:
        office_id, today, now = self._desk.actor.office_id, self._desk.today(), self._desk.now()
        self.save_button.setEnabled(False)

        def query(view: View) -> _House:
            return _House(
                tuple(rooms_in_use(view.reader, office_id, today)),
                closing_time(view, office_id, now),
            )

        self._desk.ask(query, self._begin, owner=self, key="house")

    def _begin(self, house: _House) -> None:
        """Everything is in the form: from now on changes are the user's."""
        for room in house.rooms:
            self.room.addItem(room.name, str(room.id))
        if self._wanted is not None:
            self.room.setCurrentIndex(max(0, row_of(self.room, str(self._wanted))))
        now = self._desk.now().replace(second=0, microsecond=0)
        self.starts.show_moment(now)
        self.ends.show_moment(max(house.closes, now + timedelta(hours=1)))
        self.keeper = DraftKeeper(
            self._desk,
            FORM,
            self._wanted,
            self.content,
            self._put,
            self,
            draft_id=self._draft.id if self._draft is not None else None,
            about=self.room.currentText,
        )
        if self._draft is not None:
            self.keeper.restore(self._draft.content)
        for box in (self.room, self.use, self.reason):
            box.currentIndexChanged.connect(self._on_edited)
        for field in (self.starts, self.ends):
            field.edited.connect(self._on_edited)
        self.note.textEdited.connect(self._on_edited)
        self.save_button.setEnabled(bool(house.rooms))
        if not house.rooms:
            self.problem.show_message(
                _("This office has no rooms yet. Add them under Administration."), Level.WARNING
            )
        self._look()
        self.note.setFocus()

    def event(self, event: QEvent) -> bool:
        """Words that appear take no room from the fields: the window grows."""
        if event.type() is not QEvent.Type.LayoutRequest:
            return super().event(event)
        answer, layout = super().event(event), self.layout()
        if layout is not None:
            needed = layout.totalHeightForWidth(self.width())
            if needed > self.height():
                self.resize(self.width(), needed)
        return answer

    # --- content and draft ------------------------------------------------------------------------

    def content(self) -> dict[str, Any]:
        return {
            "room": self.room.currentData(),
            "use": self.use.currentData(),
            "starts": self.starts.moment().isoformat(),
            "ends": self.ends.moment().isoformat(),
            "reason": self.reason.currentData(),
            "note": self.note.text(),
        }

    def _put(self, content: dict[str, Any]) -> None:
        """A room that is gone by now leaves the first one chosen."""
        for box, name in ((self.room, "room"), (self.use, "use"), (self.reason, "reason")):
            box.setCurrentIndex(max(0, row_of(box, content.get(name))))
        for field, name in ((self.starts, "starts"), (self.ends, "ends")):
            field.show_moment(datetime.fromisoformat(str(content[name])))
        self.note.setText(str(content.get("note", "")))

    def command(self) -> CloseRoom:
        """What the form says."""
        use = RoomUse(self.use.currentData())
        return CloseRoom(
            room_id=UUID(self.room.currentData()),
            use=use,
            starts=self.starts.moment(),
            ends=self.ends.moment(),
            reason=ReasonCode(self.reason.currentData()) if use is RoomUse.MAINTENANCE else None,
            note=self.note.text().strip(),
        )

    # --- while typing -----------------------------------------------------------------------------

    def _on_edited(self) -> None:
        if self.keeper is not None:
            self.keeper.touch()
        self.problem.clear()
        self._look()

    def _look(self) -> None:
        """What can be seen at once, at the fields; whom it touches is asked after a pause."""
        self.reason.setEnabled(self.use.currentData() == RoomUse.MAINTENANCE)
        problems = self._seen()
        self._show_problems(problems)
        if problems:
            self.hint.clear()
        self._pause.start()

    def _seen(self) -> list[Problem]:
        starts, ends = self.starts.moment(), self.ends.moment()
        if ends <= max(starts, self._desk.now()):
            return [Problem("ends_before_start", where="ends")]
        if ends - starts > LONGEST:
            return [Problem("closed_too_long", {"most": LONGEST.days}, "ends")]
        return []

    def _ask(self) -> None:
        if self._seen() or not self.room.currentData():
            self.hint.clear()
            return
        command, office_id = self.command(), self._desk.actor.office_id
        starts = max(command.starts, self._desk.now())

        def query(view: View) -> list[RoomBookingRow]:
            rows = view.reader.room_bookings_between(office_id, starts, command.ends)
            return [row for row in rows if row.room_id == command.room_id]

        self._desk.ask(query, self._show_touched, owner=self, key="touched")

    def _show_touched(self, rows: list[RoomBookingRow]) -> None:
        closures = [row for row in rows if row.use is not RoomUse.CONSULTATION]
        if closures:
            params = {"starts": closures[0].starts, "ends": closures[0].ends}
            self._show_problems([Problem("room_closed_then", params, "starts")])
        command = self.command()
        touched = [
            row
            for row in rows
            if row.use is RoomUse.CONSULTATION
            and row.ends > command.starts
            and row.vacated_at is None
        ]
        if not touched:
            self.hint.show_message(_("No booking is in the way."), Level.INFO)
            return
        self.hint.show_message(telling.in_the_way(touched, self._desk.today()), Level.WARNING)

    # --- saving -----------------------------------------------------------------------------------

    def save(self) -> None:
        """Close the room; on an answer of no, everything typed stays."""
        if self._saving or not self.save_button.isEnabled():
            return
        problems = self._seen()
        if problems:
            self._show_problems(problems, go_there=True)
            return
        self._saving = True
        room = self.room.currentText()

        def done(receipt: Receipt) -> None:
            self._tell(receipt, telling.closed(room))
            self.discard()

        self._desk.execute(self.command(), self, done=done, failed=self._on_failed)

    def _on_failed(self, error: Exception) -> None:
        self._saving = False
        if isinstance(error, OfficeError):
            self._show_problems(list(error.problems), go_there=True)
        else:
            self._desk.problem.emit(error)

    def _show_problems(self, problems: list[Problem], *, go_there: bool = False) -> None:
        """Each at its field, what belongs to none above the buttons."""
        texts: dict[str, str] = {}
        for problem in problems:
            where = problem.where if problem.where in self._errors else ""
            texts[where] = message(problem)
        for name, label in self._errors.items():
            label.setText(texts.get(name, ""))
            label.setVisible(name in texts)
            self._mark(name, texts.get(name, ""))
        if texts.get(""):
            self.problem.show_message(texts[""], Level.ERROR)
        first = next((name for name in self._errors if name in texts), "")
        if go_there and first:
            self._field(first).setFocus()

    def _field(self, name: str) -> QWidget:
        return {
            "room_id": self.room,
            "use": self.use,
            "starts": self.starts,
            "ends": self.ends,
            "reason": self.reason,
            "note": self.note,
        }[name]

    def _mark(self, name: str, text: str) -> None:
        """The field shows and says that something is wrong with it."""
        field = self._field(name)
        parts = field.parts() if isinstance(field, MomentField) else (field,)
        for part in parts:
            part.setAccessibleDescription(text)
            if bool(part.property("invalid")) != bool(text):
                part.setProperty("invalid", bool(text))
                part.style().unpolish(part)
                part.style().polish(part)


def open_room_closing(
    desk: Desk,
    room_id: UUID | None,
    tell: Tell,
    parent: QWidget | None = None,
    draft: "Draft | None" = None,
) -> RoomClosing:
    """Show the form beside the window."""
    form = RoomClosing(desk, room_id, tell, parent, draft)
    form.show()
    return form


def _use_text(use: RoomUse) -> str:
    return {
        RoomUse.MAINTENANCE: pgettext("close a room", "out of service"),
        RoomUse.CLEANING: pgettext("close a room", "cleaning"),
        RoomUse.INTERNAL: pgettext("close a room", "internal use"),
    }[use]
