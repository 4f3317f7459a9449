"""The menu of places for somebody: the best first, each with what speaks for and against it."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QWidget

from koba_desktop.domain.entities.rooms import Visit
from koba_desktop.domain.place_reasons import Bearing
from koba_desktop.domain.places import NotOffered, Offer
from koba_desktop.domain.vocabulary import RoomKind, VisitNeed
from koba_desktop.gui import theme
from koba_desktop.gui.desk import Desk
from koba_desktop.gui.rooms.booked import Occupant
from koba_desktop.i18n import _
from koba_desktop.i18n.place_reasons import reason_text
from koba_desktop.i18n.words import word
from koba_desktop.services.rooms.suggesting import PlaceQuery, Suggestion, suggest_places
from koba_desktop.services.view import View

_DIGITS = 9
_MOST = {Bearing.AGAINST: 2, Bearing.WARNING: 2, Bearing.FOR: 2}


def ask_places(
    desk: Desk,
    owner: QWidget,
    who: Occupant,
    starts: datetime,
    done: Callable[[Suggestion], None],
) -> None:
    """Weigh the places for who is meant, from ``starts`` on for as long as is planned."""
    office_id = desk.actor.office_id

    def query(view: View) -> Suggestion:
        return suggest_places(
            view,
            PlaceQuery(
                office_id=office_id,
                persons=who.persons,
                minutes=who.minutes_from(starts),
                needs=frozenset(_needs(view, who)),
                starts=starts,
                ignore_appointment=who.appointment_id,
            ),
        )

    desk.ask(query, done, owner=owner, key="places")


def _needs(view: View, who: Occupant) -> tuple[VisitNeed, ...]:
    if who.needs is not None or who.appointment_id is None:
        return who.needs or ()
    visits = view.reader.find(Visit, appointment_id=who.appointment_id, withdrawn_at=None, limit=1)
    return visits[0].needs if visits else ()


class PlaceMenu(QMenu):
    """Digits choose. What cannot be had stands below with its reason."""

    def __init__(
        self,
        who: Occupant,
        found: Suggestion,
        chosen: Callable[[UUID, str], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("places")
        self.aboutToHide.connect(self.deleteLater)
        title = _("Places for {name}").format(name=who.name)
        self.setAccessibleName(title)
        self._say(title)
        offers = [each for each in found.choice.offers if each.room.id != who.room_id]
        for number, offer in enumerate(offers, 1):
            self._offer(number, offer, chosen)
        if not offers:
            self._say(_("No other place is free then."))
        refused = [each for each in found.choice.refused if each.situation.room.id != who.room_id]
        if refused:
            self.addSeparator()
        for missing in refused:
            self._say(refusal_text(missing))

    def open_at(self, place: QPoint) -> None:
        """Show the menu with the best place chosen."""
        self.popup(place)
        first = next((action for action in self.actions() if action.isEnabled()), None)
        if first is not None:
            self.setActiveAction(first)

    def _say(self, text: str) -> None:
        self.addAction(text.replace("&", "&&")).setEnabled(False)

    def _offer(self, number: int, offer: Offer, chosen: Callable[[UUID, str], None]) -> None:
        room, place_id = offer.room, offer.situation.place_id
        text = offer_text(offer).replace("&", "&&")
        action = self.addAction(f"&{number}  {text}" if number <= _DIGITS else text)
        theme.bind_icon(action, "tree" if room.kind is RoomKind.OUTDOOR else "free")
        action.triggered.connect(lambda _checked=False: chosen(place_id, room.name))


def offer_text(offer: Offer) -> str:
    """ "R 1.05 – 2 of 3 persons, wheelchair access; ! CO₂ reaches …": the name and what bears on
    it, what speaks against it marked."""
    parts = []
    for bearing, most in _MOST.items():
        reasons = [r for r in offer.reasons if r.bearing is bearing][:most]
        mark = "" if bearing is Bearing.FOR else "! "
        parts += [f"{mark}{reason_text(reason)}" for reason in reasons]
    return f"{offer.room.name} – {', '.join(parts)}" if parts else offer.room.name


def refusal_text(missing: NotOffered) -> str:
    """ "R 2.01 – out of service" """
    return f"{missing.situation.room.name} – {word(missing.code)}"
