"""The room of a personal appointment, chosen together with its time: the best one by itself."""

from uuid import UUID

from PySide6.QtCore import QObject, QSignalBlocker, Signal
from PySide6.QtGui import QStandardItemModel

from koba_desktop.domain.place_reasons import Bearing
from koba_desktop.domain.places import Choice, NotOffered, Offer
from koba_desktop.gui.forms.ui_appointment_editor import Ui_AppointmentEditor
from koba_desktop.gui.widgets.choices import row_of
from koba_desktop.i18n import _
from koba_desktop.i18n.place_reasons import reason_text
from koba_desktop.i18n.words import word

_NOTES = (Bearing.NOTE, Bearing.WARNING, Bearing.AGAINST)


class RoomField(QObject):
    """Steers the choice of rooms, the number of persons, and the line that says what follows."""

    edited = Signal()

    def __init__(self, ui: Ui_AppointmentEditor, parent: QObject) -> None:
        super().__init__(parent)
        self._ui = ui
        self._chosen: UUID | None = None
        self._choice = Choice((), ())
        ui.room.addItem(_("best room that is free"), None)
        ui.room.currentIndexChanged.connect(self._on_room)
        ui.persons.valueChanged.connect(lambda _n: self.edited.emit())
        self.show_for(personal=False)

    @property
    def place_id(self) -> UUID | None:
        """None: the program chooses when the appointment is saved."""
        return self._chosen

    @property
    def persons(self) -> int:
        return self._ui.persons.value()

    def set(self, place_id: UUID | None, persons: int) -> None:
        """Put a choice in without calling it edited."""
        self._chosen = place_id
        blocker = QSignalBlocker(self._ui.persons)
        self._ui.persons.setValue(persons)
        del blocker
        self._fill()

    def show_for(self, *, personal: bool) -> None:
        """Nobody needs a room for a telephone call."""
        ui = self._ui
        for widget in (ui.room_label, ui.room, ui.persons, ui.room_info):
            widget.setVisible(personal)

    def show_choice(self, choice: Choice | None) -> None:
        """The places as they stand at the time of the form; what was chosen stays chosen."""
        self._choice = choice or Choice((), ())
        self._fill()

    def _fill(self) -> None:
        box, offers = self._ui.room, self._choice.offers
        blocker = QSignalBlocker(box)
        box.clear()
        best = offers[0].room.name if offers else ""
        text = _("best room: {room}").format(room=best) if best else _("best room that is free")
        box.addItem(text, None)
        for offer in offers:
            box.addItem(offer_text(offer), offer.situation.place_id)
        for refused in self._choice.refused:
            self._add_refused(refused)
        if self._chosen is not None and row_of(box, self._chosen) < 0:
            box.addItem(_("the room chosen so far"), self._chosen)
        box.setCurrentIndex(max(0, row_of(box, self._chosen)))
        del blocker
        self._tell()

    def _add_refused(self, refused: NotOffered) -> None:
        """What cannot be had is shown with its reason, and cannot be chosen unless it was."""
        box = self._ui.room
        name, why = refused.situation.room.name, word(refused.code)
        place_id = refused.situation.place_id
        box.addItem(_("{room}: {reason}").format(room=name, reason=why), place_id)
        model = box.model()
        if isinstance(model, QStandardItemModel) and place_id != self._chosen:
            model.item(box.count() - 1).setEnabled(False)

    def _on_room(self, _number: int) -> None:
        self._chosen = self._ui.room.currentData()
        self._tell()
        self.edited.emit()

    def _tell(self) -> None:
        """What the room means: airing after it, CO₂ during it, what speaks against it."""
        offer = self._offer()
        texts = []
        if offer is not None:
            texts = [reason_text(r) for r in offer.reasons if r.bearing in _NOTES]
        elif self._choice.refused and not self._choice.offers:
            texts = [_("No room is free then.")]
        self._ui.room_info.setText(" · ".join(texts))

    def _offer(self) -> Offer | None:
        offers = self._choice.offers
        if self._chosen is None:
            return offers[0] if offers else None
        return next((o for o in offers if o.situation.place_id == self._chosen), None)


def offer_text(offer: Offer) -> str:
    """A place with what speaks for it: "R 1.05 · 2 von 4 Personen · rollstuhlgerecht"."""
    codes = ("seats", "places", "screen", "accessible")
    parts = [reason_text(r) for r in offer.reasons if r.code in codes]
    return " · ".join((offer.room.name, *parts))
