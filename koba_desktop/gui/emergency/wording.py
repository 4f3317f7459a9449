"""What the emergency desk says of places, times and reasons."""

from datetime import datetime
from uuid import UUID

from koba_desktop.domain.clock import day_of
from koba_desktop.domain.emergency import Rung
from koba_desktop.domain.place_reasons import AT_ONCE, Bearing, Reason
from koba_desktop.domain.places import NotOffered, Offer, Step
from koba_desktop.domain.vocabulary import Mode, RefusalReason, RoomKind, UrgencyCategory
from koba_desktop.gui.clients.texts import short_name
from koba_desktop.i18n import _, formats, ngettext, pgettext
from koba_desktop.i18n.place_reasons import reason_text
from koba_desktop.i18n.words import word
from koba_desktop.services.emergency.ladder import Duty
from koba_desktop.services.office.book import OfficeBook


def short_category(category: UrgencyCategory) -> str:
    """The category in a word or two, for its button."""
    return {
        UrgencyCategory.NO_MONEY: pgettext("UrgencyCategory", "No money"),
        UrgencyCategory.HOUSING: pgettext("UrgencyCategory", "Housing"),
        UrgencyCategory.ENERGY: pgettext("UrgencyCategory", "Power, gas"),
        UrgencyCategory.HEALTH_INSURANCE: pgettext("UrgencyCategory", "Health insurance"),
        UrgencyCategory.DEADLINE: pgettext("UrgencyCategory", "Deadline"),
        UrgencyCategory.NOT_BY_TELEPHONE: pgettext("UrgencyCategory", "In person only"),
        UrgencyCategory.OTHER: pgettext("UrgencyCategory", "Other"),
    }[category]


# --- advisors -------------------------------------------------------------------------------------


def advisor_name(book: OfficeBook, advisor_id: UUID) -> str:
    """ "Frau Lindner" """
    member = book.member(advisor_id)
    return short_name(member.salutation, member.given_name, member.family_name)


def advisor_text(book: OfficeBook, duty: Duty, now: datetime) -> str:
    """ "Frau Lindner – Bereitschaft": whom that is, and since when he or she could."""
    parts = [advisor_name(book, duty.advisor_id)]
    if duty.on_duty:
        parts.append(pgettext("advisor", "on duty"))
    elif duty.responsible:
        parts.append(pgettext("advisor", "responsible"))
    text = " – ".join(parts)
    if duty.free_from is None or duty.free_from - now > AT_ONCE:
        text = f"{text} ({free_text(duty, now)})"
    return text


def free_text(duty: Duty, now: datetime) -> str:
    """ "frei bis 10:30", "frei ab 11:00" """
    if duty.free_from is None or duty.free_until is None:
        return _("not free any more today")
    if duty.free_from - now > AT_ONCE:
        return _("free from {time}").format(time=formats.time_of(duty.free_from))
    return _("free until {time}").format(time=formats.time_of(duty.free_until))


# --- rungs ----------------------------------------------------------------------------------------


def place_name(rung: Rung) -> str:
    """ "R 1.05", "Hof 1, vor der Tür", "Telefon, heute" """
    if rung.offer is None:
        return _("Telephone, today")
    if rung.step is Step.OUTDOORS or rung.offer.room.kind is RoomKind.OUTDOOR:
        return _("{place}, outside the door").format(place=rung.offer.room.name)
    return rung.offer.room.name


def when_text(rung: Rung, now: datetime) -> str:
    """ "jetzt, frei bis 13:30", "ab 09:49", "jetzt, Platz 1 von 2" """
    starts = formats.time_of(rung.starts)
    parts = [pgettext("when", "now")]
    if rung.starts - now > AT_ONCE or rung.offer is None:
        parts = [_("from {time}").format(time=starts)]
    offer = rung.offer
    until = offer.free_until if offer is not None else None
    if offer is not None and offer.situation.of > 1:
        parts.append(
            _("place {number} of {of}").format(number=offer.situation.number, of=offer.situation.of)
        )
    elif until is not None and day_of(until) == day_of(now):
        parts.append(_("free until {time}").format(time=formats.time_of(until)))
    return ", ".join(parts)


def pause_text(rung: Rung, phone: str) -> str:
    """What stands at the end of a line: the pause after the talk, or the number to call."""
    if rung.offer is None:
        return formats.phone(phone) if phone else ""
    pause = rung.offer.situation.pause
    if not pause.sufficient:
        return ""
    if not pause.minutes:
        return _("no pause")
    if rung.offer.room.kind is RoomKind.OUTDOOR:
        return _("then {n} min pause").format(n=pause.minutes)
    return _("then {n} min airing").format(n=pause.minutes)


def chips(rung: Rung) -> list[Reason]:
    """The reasons that decide, in the order the domain gives them."""
    return [reason for reason in rung.reasons if reason.bearing is not Bearing.NOTE]


def notes_text(rung: Rung) -> str:
    """Airing and CO₂ in one line, of the place that is looked at."""
    return " · ".join(
        reason_text(reason) for reason in rung.reasons if reason.bearing is Bearing.NOTE
    )


def spoken(rung: Rung, number: int, now: datetime, chosen: str) -> str:
    """A rung as sentences, for a screen reader."""
    heard = {
        Bearing.FOR: pgettext("reasons", "for it"),
        Bearing.AGAINST: pgettext("reasons", "against it"),
        Bearing.WARNING: pgettext("reasons", "mind"),
    }
    title = f"{number}. {place_name(rung)}, {when_text(rung, now)}"
    parts = [f"{title}, {chosen}" if chosen else title]
    for bearing, name in heard.items():
        reasons = [reason_text(reason) for reason in rung.reasons if reason.bearing is bearing]
        if reasons:
            parts.append(f"{name}: {', '.join(reasons)}")
    notes = notes_text(rung)
    if notes:
        parts.append(notes)
    return ". ".join(parts)


def assign_text(rung: Rung, now: datetime) -> str:
    """What the main button does."""
    time = formats.time_of(rung.starts)
    if rung.offer is None:
        return _("Note a call at {time}").format(time=time)
    if rung.starts - now > AT_ONCE:
        return _("Assign {place} from {time}").format(place=rung.offer.room.name, time=time)
    return _("Assign {place}").format(place=rung.offer.room.name)


# --- what is not offered --------------------------------------------------------------------------


def refused_text(each: NotOffered, now: datetime) -> str:
    """ "höchstens 2 Personen", "gesperrt bis 12:00" """
    if each.code is RefusalReason.TOO_MANY_PERSONS:
        most = each.situation.capacity.persons
        return ngettext("{n} person at most", "{n} persons at most", most).format(n=most)
    taken = [
        t
        for t in each.situation.taken
        if t.interval.ends > now and day_of(t.interval.starts) <= day_of(now)
    ]
    current = next((t for t in taken if t.interval.starts <= now or t.reason is each.code), None)
    text = word(each.code)
    if current is not None and each.code in _FOR_A_TIME:
        until = current.interval.ends
        if day_of(until) == day_of(now):
            return _("{why} until {time}").format(why=text, time=formats.time_of(until))
    return text


_FOR_A_TIME = (RefusalReason.ROOM_BUSY, RefusalReason.AIRING, RefusalReason.OUT_OF_SERVICE)


def refused_line(refused: tuple[NotOffered, ...], now: datetime) -> str:
    """ "R 1.07: belegt bis 10:15 · R 2.01, R 2.02: höchstens 2 Personen" """
    rooms: dict[str, list[str]] = {}
    for each in refused:
        rooms.setdefault(refused_text(each, now), []).append(each.situation.room.name)
    return " · ".join(
        _("{room}: {why}").format(room=", ".join(names), why=why) for why, names in rooms.items()
    )


# --- the mode -------------------------------------------------------------------------------------


def mode_text(mode: Mode, category: UrgencyCategory | None) -> str:
    """What the mode demands is said, not asked."""
    demand = {
        Mode.CLOSED: _("Closure: in person only with a reason"),
        Mode.BY_APPOINTMENT: _("Opening by appointment: without one only with a reason"),
        Mode.REGULAR: _("Regular opening"),
    }[mode]
    if category is None:
        return f"{demand}."
    return _("{demand} – “{reason}” is recorded.").format(
        demand=demand, reason=short_category(category)
    )


def offer_room(offer: Offer) -> str:
    """ "R 1.05", "Hof 1, Platz 2" """
    if offer.situation.of > 1:
        return _("{place}, place {number}").format(
            place=offer.room.name, number=offer.situation.number
        )
    return offer.room.name
