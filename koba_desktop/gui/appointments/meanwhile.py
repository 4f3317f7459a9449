"""What others do to an appointment while it is open here: who has it open, who changed it, and how
both versions come together."""

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import QObject

from koba_desktop.domain.entities.appointments import Appointment
from koba_desktop.domain.errors import Conflict
from koba_desktop.gui.appointments.conflict import Merged, merged
from koba_desktop.gui.appointments.content import (
    COMPARED,
    Content,
    content_of,
    field_names,
    with_values,
)
from koba_desktop.gui.clients.conflict import taken_text
from koba_desktop.gui.desk import Desk
from koba_desktop.gui.naming import member_name
from koba_desktop.gui.overtaken import OvertakenLine
from koba_desktop.gui.presence import PresenceLine
from koba_desktop.gui.widgets import Level
from koba_desktop.i18n import _, formats
from koba_desktop.services.appointments.detail import AppointmentDetail, appointment_detail
from koba_desktop.services.changes import Topic

if TYPE_CHECKING:
    from koba_desktop.gui.appointments.editor import AppointmentEditor


class Meanwhile(QObject):
    """Of one editor of a stored appointment."""

    def __init__(self, desk: Desk, editor: "AppointmentEditor", appointment_id: UUID) -> None:
        super().__init__(editor)
        self._desk = desk
        self._editor = editor
        self._appointment_id = appointment_id
        self.reading = False  # what is told of the appointment will have been read in a moment
        self.presence = PresenceLine(
            desk, appointment_id, _("{name} has this appointment open just now."), editor
        )
        self.overtaken = OvertakenLine(
            desk,
            Appointment,
            Topic.APPOINTMENTS,
            self._version,
            _("{name} changed this appointment at {time}. What you typed is untouched."),
            editor,
        )
        self.overtaken.watch(appointment_id)
        self.overtaken.reload_wanted.connect(self._reload)
        editor.ui.column.insertWidget(1, self.presence)
        editor.ui.column.insertWidget(2, self.overtaken)
        editor.ui.conflict.chosen.connect(self._on_chosen)

    def leave(self) -> None:
        """The editor closes."""
        self.presence.leave()

    def _version(self) -> int | None:
        """The version the form has read; None while it saves or reads anew."""
        detail = self._editor.detail
        if detail is None or self._editor.saving or self.reading:
            return None
        return detail.appointment.version

    def meet(self, error: Conflict) -> None:
        """Saving met a newer version. What only one of us changed goes together by itself."""
        params = error.problems[0].params
        who = self._who(params.get("changed_by"), params.get("changed_at"))
        self.read_anew(who, save=True)

    def _reload(self) -> None:
        stored = self.overtaken.stored
        if stored is not None:
            self.read_anew(self._who(stored.changed_by, stored.changed_at))

    def _who(self, by: UUID | None, at: datetime | None) -> str:
        return _("{who} changed this appointment: {when}.").format(
            who=member_name(by, self._desk.book),
            when=formats.moment_of(at) if at is not None else "–",
        )

    def read_anew(self, who: str = "", *, save: bool = False) -> None:
        """Put the appointment as it is stored now into the form, with what was typed on top of it.
        ``who`` says who changed it; ``save`` goes on saving where nothing is to be asked."""
        before, appointment_id = self._editor.detail, self._appointment_id
        if before is None:
            return
        self.reading = True

        def show(detail: AppointmentDetail) -> None:
            self.reading = False
            self._merge(before, detail, who, save=save)

        def fail(error: Exception) -> None:
            self.reading = False
            self._editor.on_not_loaded(error)

        self._desk.ask(
            lambda view: appointment_detail(view, appointment_id),
            show,
            owner=self,
            key="detail",
            failed=fail,
        )

    def _merge(
        self, before: AppointmentDetail, detail: AppointmentDetail, who: str, *, save: bool
    ) -> None:
        editor = self._editor
        base, theirs = content_of(before), content_of(detail)
        mine = editor.form.typed_since(base)
        result = merged(base, mine, theirs)
        names = self._names((mine, editor.ui.room.currentText()), before, detail)
        editor.show_detail(detail)
        if any(getattr(result.content, name) != getattr(theirs, name) for name in COMPARED):
            editor.form.take(result.content)
        self.overtaken.clear()
        if result.clashes:
            who = who or _("Somebody else changed the same.")
            editor.ui.conflict.show_clashes(result.clashes, who, result.from_theirs, names)
            editor.ui.conflict.options[result.clashes[0].field][0].setFocus()
            return
        editor.ui.conflict.clear()
        if save and before.appointment.state == detail.appointment.state:
            editor.save_again()
        elif save:
            self._tell(who, result)

    def _tell(self, who: str, result: Merged) -> None:
        """Its state is another one now: whether what was typed still makes sense, people decide."""
        taken = taken_text(result.from_theirs, field_names())
        text = " ".join(filter(None, (who, taken, _("Please look, then save again."))))
        self._editor.ui.problem.show_message(text, Level.WARNING)

    def _names(
        self, mine: tuple[Content, str], before: AppointmentDetail, detail: AppointmentDetail
    ) -> dict[Any, str]:
        """What advisors, kinds and rooms of the versions are called."""
        book = self._desk.book
        rooms = (
            mine,
            (content_of(before), before.row.room_name),
            (content_of(detail), detail.row.room_name),
        )
        return {
            **{member.id: member.family_name for member in book.staff},
            **{kind.id: kind.name for kind in book.kinds},
            **{content.place_id: room for content, room in rooms if content.place_id is not None},
        }

    def _on_chosen(self, field: str, value: Any) -> None:
        form = self._editor.form
        form.take(with_values(form.content(), {field: value}))
