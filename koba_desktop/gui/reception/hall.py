"""What the screen in the hall says: numbers and where to go. Nothing else gets this far."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from koba_desktop.gui.reception import wording
from koba_desktop.gui.reception.visitors import Group, Readiness, Spot, Visitor, spots_at, visitors
from koba_desktop.services.reception.page import ReceptionPage
from koba_desktop.services.rooms.board import RoomDay

SHOWN_INSIDE = timedelta(minutes=3)
"""How long a number stays with its room after the visitor went in: others stop wondering."""


@dataclass(frozen=True, slots=True)
class HallLine:
    """A visitor's number. ``place`` "": please wait."""

    code: str
    place: str


def hall_lines(
    page: ReceptionPage, days: tuple[RoomDay, ...], now: datetime
) -> tuple[HallLine, ...]:
    """Who may go in, the latest first, then who waits, in the order of arrival.

    A waiting number gets its room once the advisor is called and the room is ready: nobody is
    sent into a room that is still being aired.
    """
    spots = spots_at(days, now)
    called: list[tuple[datetime, HallLine]] = []
    waiting: list[HallLine] = []
    for visitor in visitors(page):
        row = visitor.row
        if not row.code:
            continue
        spot = spots.get(row.place_id) if row.place_id is not None and visitor.placed else None
        since = _sent_in(visitor, spot, now)
        if since is not None:
            called.append((since, HallLine(row.code, wording.place_name(row, spot))))
        elif visitor.group is Group.WAITING:
            waiting.append(HallLine(row.code, ""))
    called.sort(key=lambda each: each[0], reverse=True)
    return (*(line for _since, line in called), *waiting)


def _sent_in(visitor: Visitor, spot: Spot | None, now: datetime) -> datetime | None:
    """Since when the visitor is to go to the place; None: not yet, or long since inside."""
    row = visitor.row
    if spot is None:
        return None
    if visitor.group is Group.WAITING and row.called_at is not None:
        ready = spot.readiness(row.booking_id) is Readiness.READY
        return row.called_at if ready else None
    entered = row.entered_at
    if visitor.group is Group.TALKING and entered is not None and now - entered < SHOWN_INSIDE:
        return entered
    return None
