"""What is said once something was done with a room: who, where, and whom it touched."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from koba_desktop.domain.clock import day_of, next_minute
from koba_desktop.domain.vocabulary import VisitResult
from koba_desktop.gui.rooms import wording
from koba_desktop.gui.rooms.booked import Occupant
from koba_desktop.i18n import _, formats, ngettext, pgettext
from koba_desktop.i18n.words import word
from koba_desktop.services.rooms.affected import Affected, Fate
from koba_desktop.services.rows import RoomBookingRow

_NAMED = 4


def entered(who: Occupant) -> str:
    return _("{name}: now in {room}.").format(name=who.name, room=who.room_name)


def vacated(who: Occupant, result: VisitResult | None) -> str:
    said = _("{name}: {room} vacated.").format(name=who.name, room=who.room_name)
    if result is None:
        return said
    recorded = _("Recorded: {result}.").format(result=word(result))
    return f"{said} {recorded}"


def aired(who: Occupant) -> str:
    return _("{room} is aired.").format(room=who.room_name)


def cleaned(who: Occupant, initials: str) -> str:
    return _("{room} is cleaned ({initials}) and free.").format(
        room=who.room_name, initials=initials
    )


def reopened(room: str) -> str:
    return _("{room} can be used again.").format(room=room)


def closed(room: str) -> str:
    return _("{room} is closed.").format(room=room)


def placed(who: Occupant, room: str) -> str:
    return _("{name}: {room}.").format(name=who.name, room=room)


def with_affected(said: str, found: Iterable[Affected], but: UUID | None = None) -> str:
    """The sentence, who stands without a room now, and a sentence for each that was touched
    otherwise; ``but`` is whom the sentence names."""
    touched = [each for each in found if each.id != but]
    without = [each for each in touched if each.fate is Fate.DISPLACED]
    sentences = [
        said,
        _without_room(without),
        *(_fate(each) for each in touched if each.fate is not Fate.DISPLACED),
    ]
    return " ".join(filter(None, sentences))


def in_the_way(rows: Sequence[RoomBookingRow], today: date) -> str:
    """Whose bookings a closure would touch, the first of them by name."""
    names = ", ".join(_named(row, day_of(row.starts) == today) for row in rows[:_NAMED])
    n = len(rows)
    text = ngettext(
        "{n} booking is in the way and gets another room: {names}",
        "{n} bookings are in the way and get other rooms: {names}",
        n,
    ).format(n=n, names=names)
    return text if n <= _NAMED else f"{text}, …"


def _named(row: RoomBookingRow, today: bool) -> str:
    """ "13:00 Ehlers · PA", with its day where it is not today."""
    when = formats.time_of(row.starts) if today else formats.moment_of(row.starts)
    return f"{when} {wording.who(row)}"


def _without_room(found: Sequence[Affected]) -> str:
    """Those for whom somebody must do something, in one sentence."""
    if not found:
        return ""
    if len(found) == 1:
        text = _("{name} ({time}) has no room now: choose one.")
        return text.format(name=_who(found[0]), time=_time(found[0]))
    names = ", ".join(f"{_who(each)} ({_time(each)})" for each in found)
    return _("Without a room now: {names}. Choose one for each.").format(names=names)


def _fate(each: Affected) -> str:
    if each.fate is Fate.PUSHED:
        text = _("Next person not before {time} ({name}).")
        return text.format(time=_time(each), name=_who(each))
    return pgettext("moved", "{name}: now {room}, {time}.").format(
        name=_who(each), room=each.room_name, time=_time(each)
    )


def _who(each: Affected) -> str:
    return each.label or word(each.use)


def _time(each: Affected) -> str:
    return formats.time_of(next_minute(each.starts)) if each.starts is not None else ""
