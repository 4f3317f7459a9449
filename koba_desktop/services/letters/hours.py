"""Speaking hours as a letter prints them: "Mo, Mi 8–16", weekdays of equal hours on one line."""

from collections.abc import Iterable
from datetime import date, time

from koba_desktop.domain.entities.office import OpeningHours
from koba_desktop.domain.validity import valid_on

_WEEKDAYS = {1: "Mo", 2: "Di", 3: "Mi", 4: "Do", 5: "Fr", 6: "Sa", 7: "So"}


def hours_lines(hours: Iterable[OpeningHours], day: date) -> tuple[str, ...]:
    """The hours in force on a day, in the order of the week (German, without "Uhr").

    Letters are German, whatever language the screen speaks.
    """
    spans: dict[int, list[tuple[time, time]]] = {}
    for one in hours:
        if valid_on(one, day):
            spans.setdefault(one.weekday, []).append((one.opens, one.closes))
    groups: dict[tuple[tuple[time, time], ...], list[int]] = {}
    for weekday in sorted(spans):
        groups.setdefault(tuple(sorted(spans[weekday])), []).append(weekday)
    return tuple(
        f"{', '.join(_WEEKDAYS[d] for d in weekdays)} "
        f"{', '.join(f'{_clock(opens)}–{_clock(closes)}' for opens, closes in times)}"
        for times, weekdays in groups.items()
    )


def _clock(at: time) -> str:
    return f"{at.hour}:{at.minute:02d}" if at.minute else str(at.hour)
