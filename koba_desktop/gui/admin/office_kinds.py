"""Offices, their speaking hours and the days they are closed."""

from datetime import time
from typing import Any

from koba_desktop.domain.entities.office import ClosingDay, Office, OpeningHours
from koba_desktop.domain.vocabulary import Channel
from koba_desktop.gui.admin.kinds import Context, Field, RecordKind
from koba_desktop.gui.admin.values import Choice, Day, Lines, TimeOfDay
from koba_desktop.i18n import _, pgettext
from koba_desktop.i18n.formats import weekday_name
from koba_desktop.i18n.words import word
from koba_desktop.services.ids import new_id


def channel_options() -> tuple[tuple[Channel, str], ...]:
    return tuple((channel, word(channel)) for channel in Channel)


def weekday_options(*, short: bool = False) -> tuple[tuple[int, str], ...]:
    return tuple((day, weekday_name(day, short=short)) for day in range(1, 8))


def validity() -> tuple[Field, Field]:
    """From when and, where known, until when something holds."""
    return (
        Field("valid_from", _("Valid from"), Day(), column=True),
        Field(
            "valid_until",
            _("Valid until"),
            Day(optional=True),
            hint=_("The last day it holds. Empty: until further notice."),
            column=True,
        ),
    )


class Offices(RecordKind):
    record_type = Office
    icon = "office"
    for_administrators = True
    shared = True

    def title(self) -> str:
        return _("Offices")

    def new_title(self) -> str:
        return _("New office")

    def name(self, context: Context, record: Office) -> str:
        return record.name

    def fields(self, context: Context, record: Any) -> tuple[Field, ...]:
        return (
            Field("name", _("Name"), column=True),
            Field("short_name", _("Short name"), hint=_("Used where space is tight."), column=True),
            Field("street", _("Street")),
            Field("postcode", _("Postcode")),
            Field("town", _("Town"), column=True),
            Field(
                "return_line",
                _("Return line"),
                hint=_("Shows in the envelope window: it must not say who writes."),
            ),
            Field("reply_lines", _("Reply to"), Lines(), hint=_("Where reply slips go back to.")),
            Field("phone", _("Phone")),
            Field("email", _("E-mail")),
            Field(
                "district_key",
                _("District key"),
                hint=_("For the incidence: five digits, for example 15085 for Harz."),
            ),
            Field("closed_on", _("Closed on"), Day(optional=True)),
        )

    def blank(self, context: Context) -> Office:
        return Office(
            id=new_id(), name="", short_name="", street="", postcode="", town="", return_line=""
        )


class Hours(RecordKind):
    record_type = OpeningHours
    icon = "clock"
    removable = True

    def title(self) -> str:
        return _("Opening hours")

    def new_title(self) -> str:
        return _("New opening hours")

    def fields(self, context: Context, record: Any) -> tuple[Field, ...]:
        return (
            Field("channel", _("Channel"), Choice(channel_options()), column=True),
            Field("weekday", _("Weekday"), Choice(weekday_options()), column=True),
            Field("opens", pgettext("time", "From"), TimeOfDay(), column=True),
            Field("closes", pgettext("time", "To"), TimeOfDay(), column=True),
            *validity(),
        )

    def blank(self, context: Context) -> OpeningHours:
        return OpeningHours(
            id=new_id(),
            office_id=context.office_id,
            channel=Channel.TELEPHONE,
            weekday=1,
            opens=time(8),
            closes=time(12),
            valid_from=context.today,
        )

    def rows(self, context: Context, records: tuple[Any, ...]) -> tuple[Any, ...]:
        order = list(Channel)
        return tuple(
            sorted(
                records,
                key=lambda r: (order.index(r.channel), r.weekday, r.opens, r.valid_from, r.id),
            )
        )


class ClosingDays(RecordKind):
    record_type = ClosingDay
    icon = "lock"
    removable = True

    def title(self) -> str:
        return _("Closing days")

    def new_title(self) -> str:
        return _("New closing day")

    def fields(self, context: Context, record: Any) -> tuple[Field, ...]:
        return (
            Field("day", _("Day"), Day(), column=True),
            Field(
                "reason",
                pgettext("closing day", "Reason"),
                hint=_("Shown in the calendar."),
                column=True,
            ),
            Field(
                "channel",
                _("Channel"),
                Choice(((None, _("all channels")), *channel_options())),
                column=True,
            ),
            Field(
                "opens",
                _("Open from"),
                TimeOfDay(optional=True),
                hint=_("Empty: closed the whole day."),
                column=True,
            ),
            Field("closes", _("Open until"), TimeOfDay(optional=True), column=True),
        )

    def blank(self, context: Context) -> ClosingDay:
        return ClosingDay(id=new_id(), office_id=context.office_id, day=context.today, reason="")

    def rows(self, context: Context, records: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(sorted(records, key=lambda r: (r.day, r.id)))
