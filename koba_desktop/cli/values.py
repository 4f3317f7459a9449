"""Reading what options say: days and instants."""

from datetime import UTC, date, datetime

import typer

from koba_desktop.domain.clock import instant
from koba_desktop.i18n import _

_YEARS = (1970, 2199)


def day_of(text: str) -> date:
    """An ISO day ("2021-04-13")."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(
            _("“{value}” is not a date. Write it as 2021-04-13.").format(value=text)
        ) from None


def instant_of(text: str) -> datetime:
    """An ISO instant in UTC, or a day's first instant. Without offset the office's wall clock.

    Years in which no office plans are mistyped.
    """
    try:
        read = datetime.fromisoformat(text)
        if not _YEARS[0] <= read.year <= _YEARS[1]:
            raise ValueError(text)
    except ValueError:
        raise typer.BadParameter(
            _("“{value}” is not a date and time. Write it as 2021-04-13T10:15.").format(value=text)
        ) from None
    if read.tzinfo is None:
        return instant(read.date(), read.time())
    return read.astimezone(UTC)
