"""Spans of time as a clock that runs shows them, and as a screen reader says them."""

from datetime import timedelta
from math import ceil

from koba_desktop.domain.clock import begun_minutes
from koba_desktop.i18n import _, ngettext

_HOUR = 3600


def running(left: timedelta) -> str:
    """ "04:24" minutes and seconds, "3 h 05" from an hour on, where a second says nothing."""
    seconds = max(0, ceil(left.total_seconds()))
    if seconds < _HOUR:
        return f"{seconds // 60:02}:{seconds % 60:02}"
    minutes = ceil(seconds / 60)
    return _("{hours} h {minutes:02}").format(hours=minutes // 60, minutes=minutes % 60)


def gone(since: timedelta) -> str:
    """The same for time that has passed: only what is full counts."""
    return running(timedelta(seconds=int(since.total_seconds())))


def minutes(span: timedelta) -> str:
    """ "5 minutes": for the ear, who wants no seconds."""
    n = begun_minutes(span)
    return ngettext("{n} minute", "{n} minutes", n).format(n=n)
