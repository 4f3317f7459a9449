"""What a room's tile and a booking's line say, for the eye and for a screen reader."""

from datetime import datetime

from koba_desktop.domain.clock import begun_minutes, day_of, next_minute
from koba_desktop.domain.vocabulary import RoomBookingState, RoomKind, RoomUse, Urgency
from koba_desktop.gui.rooms.steps import Deed, Step
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

_CLOSED_ICONS = {RoomUse.CLEANING: "clean", RoomUse.INTERNAL: "people"}
_ROLES = {
    RoomBookingState.RESERVED: "text2",
    RoomBookingState.OCCUPIED: "in_person_edge",
    RoomBookingState.AIRING: "airing",
    RoomBookingState.CLEANING: "cleaning",
}
STEP_ICONS = {
    Deed.ENTER: "arrive",
    Deed.VACATE: "leave",
    Deed.AIRED: "air",
    Deed.CLEANED: "tick",
    Deed.MOVE: "swap",
    Deed.REOPEN: "free",
}


def step_text(step: Step, now: datetime) -> str:
    """What a step is called in a menu, and from when on it can be taken."""
    text = {
        Deed.ENTER: _("&Check in"),
        Deed.VACATE: _("&Vacate the room"),
        Deed.AIRED: _("&Aired"),
        Deed.CLEANED: _("C&leaned"),
        Deed.MOVE: _("&Move to another place…"),
        Deed.REOPEN: _("&Release the room"),
    }[step.deed]
    if step.since is None or step.ready(now):
        return text
    return _("{step} from {time}").format(step=text, time=formats.time_of(next_minute(step.since)))


def plain_step(step: Step, now: datetime) -> str:
    """The same without a mnemonic and dots: on a painted button, and for a screen reader."""
    return step_text(step, now).replace("&", "").rstrip(" …")


def state_icon(line: RoomLine) -> str:
    """The icon beside the state: shape tells it, colour only repeats it."""
    if line.closure is not None:
        return _CLOSED_ICONS.get(line.closure.use, "blocked")
    if line.now_state is not None:
        return ICONS.get(line.now_state, "free")
    return "tree" if line.room.kind is RoomKind.OUTDOOR else "free"


def state_role(line: RoomLine) -> str:
    """The token whose colour repeats the state."""
    if line.closure is not None:
        return "cleaning" if line.closure.use is RoomUse.CLEANING else "blocked"
    if line.now_state is None:
        return "outdoors_edge" if line.room.kind is RoomKind.OUTDOOR else "ok"
    return _ROLES.get(line.now_state, "ok")


def state_text(line: RoomLine, now: datetime) -> str:
    """What the room is now, with the time it lasts. A state that outlasts its end says since
    when it was due to be over."""
    if line.closure is not None:
        return _("{state} until {time}").format(
            state=state_short(line), time=_until(line.closure.ends, now)
        )
    if line.now_state is None:
        if line.places > 1:
            return state_short(line)
        return free_until(line.until)
    state = word(line.now_state)
    if line.until is None:
        return state
    if line.until <= now:
        return _("{state}, due at {time}").format(state=state, time=formats.time_of(line.until))
    if line.now_state is RoomBookingState.AIRING:
        minutes = begun_minutes(line.until - now)
        return _("{state}, {n} min left").format(state=state, n=minutes)
    return _("{state} until {time}").format(state=state, time=_until(line.until, now))


def free_until(until: datetime | None) -> str:
    """ "free until 13:30", "free" where nobody comes any more today."""
    if until is None:
        return _("free")
    return _("free until {time}").format(time=formats.time_of(until))


def state_short(line: RoomLine) -> str:
    """The state alone, for a narrow tile."""
    if line.closure is not None:
        if line.closure.use is RoomUse.MAINTENANCE:
            return _("out of service")
        return word(line.closure.use)
    if line.now_state is not None:
        return word(line.now_state)
    if line.places > 1:
        return _("{free} of {places} free").format(free=line.places_free, places=line.places)
    return _("free")


def booking_icon(booking: RoomBookingRow) -> str:
    """What a coming booking is: an urgent visit, a visit, or a use without a client."""
    if booking.urgency is not Urgency.NONE:
        return "emergency"
    return "person" if booking.appointment_id is not None else "clock"


def next_text(line: RoomLine) -> str:
    """Who comes next, in a narrow tile."""
    following = line.following
    if following is None:
        return _("nothing more today")
    return _("then {time} {who}").format(time=formats.time_of(following.starts), who=who(following))


def next_short(line: RoomLine) -> str:
    """The same where even that has no room."""
    following = line.following
    if following is None:
        return "–"
    name = following.label or word(following.use)
    return _("{time} {who}").format(time=formats.time_of(following.starts), who=name)


def who(booking: RoomBookingRow) -> str:
    """The client and the advisor's sign; the use where nobody is expected."""
    if booking.appointment_id is None:
        return word(booking.use)
    return " · ".join(filter(None, (booking.label, booking.advisor_initials)))


def spoken_booking(booking: RoomBookingRow) -> str:
    """A coming booking in one sentence."""
    parts = [formats.span_of(booking.starts, booking.ends), booking.room_name, who(booking)]
    if booking.urgency is not Urgency.NONE:
        parts.insert(0, word(booking.urgency))
    return ", ".join(parts)


def _until(until: datetime, now: datetime) -> str:
    """The time, with its day where it is not today."""
    if day_of(until) == day_of(now):
        return formats.time_of(until)
    return formats.weekday_short(day_of(until))
