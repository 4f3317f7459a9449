"""The forms that come back after a crash, an outage or closing: what each is called, how it opens.

An editor in which somebody types registers itself here, and nowhere else:

1. Once it is filled it makes a ``DraftKeeper(desk, "emergency", subject_id, read, write, self)``,
   calls ``touch`` on every change of the user, ``keep`` when it is closed or left, and ``discard``
   when it was saved or thrown away. ``about=`` gives the keeper what the list of unfinished forms
   says beside the form's name (whom or what it is about).
2. A function below opens it again from a ``Draft``: the editor makes its keeper with
   ``draft_id=draft.id`` and calls ``restore(draft.content)``. The editor's module is imported only
   then. ``stage`` has the desk, the window, and ``bring`` for what stands in a panel.
3. A line in ``FORMS``: the name its drafts carry (one that ends in "." stands for all names that
   begin so), its name for people, and that function.

A draft of a form nobody knows (written by a later version) is listed and kept, not opened.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, cast

from koba_desktop.i18n import _, pgettext

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from koba_desktop.domain.entities.bookkeeping import Draft
    from koba_desktop.gui.admin.panel import AdminPanel
    from koba_desktop.gui.clients.dock import ClientsDock
    from koba_desktop.gui.desk import Desk
    from koba_desktop.gui.emergency.overlay import EmergencyOverlay
    from koba_desktop.gui.mode.panel import ModePanel
    from koba_desktop.gui.myday.panel import MyDayPanel
    from koba_desktop.gui.window import MainWindow
    from koba_desktop.gui.wordings.panel import WordingsPanel


class Stage(Protocol):
    """Where a form is opened again: the window at work (``gui.session.Session``)."""

    @property
    def desk(self) -> "Desk": ...

    @property
    def window(self) -> "MainWindow": ...

    def bring(self, name: str) -> "QWidget":
        """Show a panel, made now if need be, and return it; ``name`` as in ``panels.PLACES``."""
        ...

    def emergency(self) -> "EmergencyOverlay":
        """The emergency desk over the window, made now if need be."""
        ...


@dataclass(frozen=True, slots=True)
class UnfinishedForm:
    """A kind of form: its drafts' name, its name for people, and how it is opened again."""

    form: str
    title: Callable[[], str]
    carry_on: "Callable[[Stage, Draft], None]"

    def holds(self, name: str) -> bool:
        """Whether drafts of that name are of this form."""
        return name.startswith(self.form) if self.form.endswith(".") else name == self.form


def _client(stage: Stage, draft: "Draft") -> None:
    from koba_desktop.gui.clients.editor import open_client_editor

    open_client_editor(stage.desk, draft.subject_id, stage.window, draft=draft)


def _appointment(stage: Stage, draft: "Draft") -> None:
    from koba_desktop.gui.appointments.editor import open_appointment_editor
    from koba_desktop.gui.desk import AppointmentRequest

    request = AppointmentRequest(appointment_id=draft.subject_id)
    open_appointment_editor(stage.desk, request, stage.window, draft=draft)


def _emergency(stage: Stage, draft: "Draft") -> None:
    stage.emergency().carry_on(draft)


def _administration(stage: Stage, draft: "Draft") -> None:
    cast("AdminPanel", stage.bring("admin")).carry_on(draft)


def _mode(stage: Stage, draft: "Draft") -> None:
    cast("ModePanel", stage.bring("mode")).carry_on(draft)


def _note(stage: Stage, draft: "Draft") -> None:
    cast("MyDayPanel", stage.bring("myday")).carry_on(draft)


def _sheet(stage: Stage, draft: "Draft") -> None:
    cast("ClientsDock", stage.bring("clients")).carry_on(draft)


def _room_closure(stage: Stage, draft: "Draft") -> None:
    from koba_desktop.gui.rooms.closing import open_room_closing
    from koba_desktop.gui.rooms.deeds import RoomDeeds

    tell = RoomDeeds(stage.desk, stage.window).tell
    open_room_closing(stage.desk, draft.subject_id, tell, stage.window, draft)


def _wording(stage: Stage, draft: "Draft") -> None:
    cast("WordingsPanel", stage.bring("wordings")).carry_on(draft)


FORMS = (
    UnfinishedForm("client", lambda: _("Client"), _client),
    UnfinishedForm("appointment", lambda: _("Appointment"), _appointment),
    UnfinishedForm("emergency", lambda: _("Emergency"), _emergency),
    UnfinishedForm("callback", lambda: _("Callback note"), _sheet),
    UnfinishedForm("returned_mail", lambda: _("Letter came back"), _sheet),
    UnfinishedForm("call_note", lambda: _("Note on the call"), _note),
    UnfinishedForm("room_closure", lambda: _("Close a room"), _room_closure),
    UnfinishedForm("mode", lambda: _("Operating mode"), _mode),
    UnfinishedForm("wording", lambda: _("Wording of a letter"), _wording),
    UnfinishedForm("admin.", lambda: pgettext("view", "Administration"), _administration),
)


def form_of(draft: "Draft") -> UnfinishedForm | None:
    """The form a draft was typed in, None where this version of the program has none such."""
    return next((form for form in FORMS if form.holds(draft.form)), None)
