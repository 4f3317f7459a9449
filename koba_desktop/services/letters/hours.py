"""Speaking hours as a letter prints them: "Mo, Mi 8–16", weekdays of equal hours on one line."""

from collections.abc import Iterable
from datetime import date, time

from koba_desktop.domain.entities.office import OpeningHours
from koba_desktop.domain.validity import valid_on
from koba_desktop.domain.vocabulary import RIGHT_TO_LEFT
from koba_desktop.i18n.weekdays import short_weekdays


def hours_lines(hours: Iterable[OpeningHours], day: date, language: str = "de") -> tuple[str, ...]:
    """The hours in force on a day, in the order of the week, in the language of the letter
    whatever the screen speaks: "Mo, Mi 8–16" (without "Uhr"), elsewhere "Mon, Wed 08:00–16:00".
    """
    names, comma = short_weekdays(language), _comma(language)
    clock = _hour if language == "de" else _clock
    spans: dict[int, list[tuple[time, time]]] = {}
    for one in hours:
        if valid_on(one, day):
            spans.setdefault(one.weekday, []).append((one.opens, one.closes))
    groups: dict[tuple[tuple[time, time], ...], list[int]] = {}
    for weekday in sorted(spans):
        groups.setdefault(tuple(sorted(spans[weekday])), []).append(weekday)
    return tuple(
        f"{comma.join(names[d - 1] for d in weekdays)} "
        f"{comma.join(f'{clock(opens)}–{clock(closes)}' for opens, closes in times)}"
        for times, weekdays in groups.items()
    )


def _comma(language: str) -> str:
    return "، " if language in RIGHT_TO_LEFT else ", "


def _hour(at: time) -> str:
    return f"{at.hour}:{at.minute:02d}" if at.minute else str(at.hour)


def _clock(at: time) -> str:
    return f"{at:%H:%M}"
