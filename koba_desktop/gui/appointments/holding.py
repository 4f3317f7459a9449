"""The time in the form is kept for the one who is typing."""

from PySide6.QtCore import QObject

from koba_desktop.domain.vocabulary import Channel
from koba_desktop.gui.appointments.content import Content
from koba_desktop.gui.desk import Desk
from koba_desktop.services.commands import HoldSlot, ReleaseSlot
from koba_desktop.services.ids import new_id


class SlotKeeper(QObject):
    """Holds the free time a form names, moves the hold along, and lets go when it is closed.

    A hold that cannot be had says nothing: the next look at the free times shows who has it.
    """

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._hold_id = new_id()
        self._held: Content | None = None

    def keep(self, content: Content) -> None:
        """Keep the time of the form; asked again after each change."""
        advisor_id = content.advisor_id
        if advisor_id is None or self._is_held(content):
            return
        personal = content.channel is not Channel.TELEPHONE
        self._held = content
        self._desk.execute(
            HoldSlot(
                hold_id=self._hold_id,
                advisor_id=advisor_id,
                client_id=content.client_id,
                place_id=content.place_id if personal else None,
                starts=content.starts,
                ends=content.ends,
            ),
            owner=self,
            failed=self._on_refused,
        )

    def _is_held(self, content: Content) -> bool:
        held = self._held
        return held is not None and content.same_slot(held) and content.same_place(held)

    def let_go(self) -> None:
        """The form is closed or names another, taken time."""
        if self._held is not None:
            self._held = None
            self._desk.execute(
                ReleaseSlot(hold_id=self._hold_id), owner=self._desk, failed=_expires_anyway
            )

    def _on_refused(self, _error: Exception) -> None:
        self._held = None


def _expires_anyway(_error: Exception) -> None:
    """What cannot be released now ends by itself."""
