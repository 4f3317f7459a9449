"""What a room's tile and a booking's line say, for the eye and for a screen reader."""

from datetime import datetime

from koba_desktop.domain.vocabulary import RoomBookingState, RoomKind, RoomUse
from koba_desktop.i18n import _, formats
from koba_desktop.i18n.words import word
from koba_desktop.services.rooms.board import RoomLine
from koba_desktop.services.rows import RoomBookingRow

ICONS = {
    RoomBookingState.RESERVED: "clock",
    RoomBookingState.OCCUPIED: "occupied",
    RoomBookingState.AIRING: "air",
    RoomBookingState.CLEANING: "clean",
}


def state_icon(line: RoomLine) -> str:
    """The icon beside the state: shape tells it, colour only repeats it."""
    if is_closed(line):
        return "blocked"
    if line.now_state is not None:
        return ICONS.get(line.now_state, "free")
    return "tree" if line.room.kind is RoomKind.OUTDOOR else "free"


def is_closed(line: RoomLine) -> bool:
    """Whether the room is out of service right now."""
    return line.now_state is not None and any(
        b.use is RoomUse.MAINTENANCE and b.ends == line.until for b in line.bookings
    )


def state_text(line: RoomLine) -> str:
    """What the room is now, with the time it lasts."""
    if is_closed(line):
        return _("closed until {time}").format(time=_time(line.until))
    if line.now_state is None:
        if line.places > 1:
            return _("{free} of {places} free").format(free=line.places_free, places=line.places)
        if line.until is None:
            return _("free")
        return _("free until {time}").format(time=_time(line.until))
    return _("{state} until {time}").format(state=word(line.now_state), time=_time(line.until))


def next_text(line: RoomLine) -> str:
    """Who comes next, or an empty text."""
    following = line.following
    if following is None:
        return _("nothing more today")
    return _("{time} {who}").format(time=formats.time_of(following.starts), who=who(following))


def who(booking: RoomBookingRow) -> str:
    """The client and the advisor's sign; the use where nobody is expected."""
    if booking.appointment_id is None:
        return word(booking.use)
    return " · ".join(filter(None, (booking.label, booking.advisor_initials)))


def spoken(line: RoomLine) -> str:
    """The tile in one sentence."""
    parts = [line.room.name, state_text(line), next_text(line)]
    if line.room.wheelchair:
        parts.insert(1, _("wheelchair access"))
    return ", ".join(parts)


def _time(instant: datetime | None) -> str:
    return formats.time_of(instant) if instant is not None else _("the end of the day")
