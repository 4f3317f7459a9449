"""What speaks for and against a place, in the few words that fit beside each other."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from koba_desktop.domain.place_reasons import Reason
from koba_desktop.domain.vocabulary import RefusalReason, Windows
from koba_desktop.i18n import formats
from koba_desktop.i18n.catalogue import _, ngettext, pgettext
from koba_desktop.i18n.words import word


def reason_text(reason: Reason) -> str:
    """A reason in a few words. Raises KeyError for a code nobody wrote words for."""
    params = reason.params
    match reason.code:
        case "wait":
            n = params["minutes"]
            wait = ngettext("{n} minute to wait", "{n} minutes to wait", n).format(n=n)
            return f"{wait}, {_wait(params['why'])}"
        case "wait_for_people":
            n = params["minutes"]
            wait = ngettext("{n} minute to wait", "{n} minutes to wait", n).format(n=n)
            return _("{wait}, until advisor and client are free").format(wait=wait)
        case "shorter":
            return _shorter(params)
        case "shorter_by_people":
            n = params["minutes"]
            return ngettext("only {n} minute", "only {n} minutes", n).format(n=n)
        case "screen":
            height = formats.number(params["height"], 2)
            return _("screen {height} m").format(height=height)
        case "airing":
            return _("then {n} min airing ({how}, {changes} air changes an hour)").format(
                n=params["minutes"],
                how=_how(params["how"]),
                changes=formats.number(params["changes"]),
            )
    return _texts()[reason.code].format(**params)


def _texts() -> Mapping[str, str]:
    return {
        "no_wait": _("no wait"),
        "seats": _("{persons} of {most} persons"),
        "places": _("{persons} of {most} persons, in the open air"),
        "area_unknown": _("area not known: check the number of persons"),
        "only_accessible": _("only accessible room: keep it free"),
        "accessible": _("wheelchair access"),
        "overheard": _("others can listen: nothing confidential"),
        "weather": _("check the weather"),
        "not_aired_enough": _("not aired sufficiently after {minutes} min"),
        "co2_unknown": _("CO₂ cannot be worked out: area or height missing"),
        "co2_never": _("CO₂ stays below 1,000 ppm"),
        "co2": _("CO₂ below 1,000 ppm for {minutes} min"),
        "co2_reached": _("CO₂ reaches 1,000 ppm after {minutes} min: air in between"),
        "air_between": _("air after {minutes} min"),
        "no_room_needed": _("no room needed"),
        "at_the_door": _("the visitor is already at the entrance"),
        "no_phone": _("no telephone number known"),
    }


def known_codes() -> frozenset[str]:
    """All codes that have words."""
    return frozenset(_texts()) | {
        "wait",
        "wait_for_people",
        "shorter",
        "shorter_by_people",
        "screen",
        "airing",
    }


def _wait(why: StrEnum) -> str:
    return {
        RefusalReason.ROOM_BUSY: pgettext("wait", "occupied"),
        RefusalReason.AIRING: pgettext("wait", "still being aired"),
        RefusalReason.OUT_OF_SERVICE: pgettext("wait", "closed until then"),
    }[RefusalReason(why)]


def _shorter(params: Mapping[str, Any]) -> str:
    starts: datetime = params["next"]
    time = formats.time_of(starts)
    if params["who"]:
        return _("only {minutes} min, {name} follows at {time}").format(
            minutes=params["minutes"], name=params["who"], time=time
        )
    return _("only {minutes} min, next booking at {time}").format(
        minutes=params["minutes"], time=time
    )


def _how(how: str) -> str:
    """What changes the air: a fan, or windows as they can be opened."""
    return pgettext("airing", "ventilation") if how == "fan" else word(Windows(how))
