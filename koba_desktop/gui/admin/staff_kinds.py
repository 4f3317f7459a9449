"""The people, what they may do, when they hold consultations and when they are away."""

from datetime import time, timedelta
from typing import Any

from koba_desktop.domain.clock import instant
from koba_desktop.domain.entities.staff import Absence, Staff, StaffRole, WorkingPattern
from koba_desktop.domain.vocabulary import Role, Salutation
from koba_desktop.gui.admin.kinds import Context, Field, RecordKind
from koba_desktop.gui.admin.office_kinds import channel_options, validity, weekday_options
from koba_desktop.gui.admin.values import Choice, Day, Moment, OptionalText, Ticks, TimeOfDay
from koba_desktop.i18n import _, formats, pgettext
from koba_desktop.i18n.words import word
from koba_desktop.services.ids import new_id


class People(RecordKind):
    record_type = Staff
    icon = "people"
    shared = True
    is_person = True

    def title(self) -> str:
        return _("Staff")

    def new_title(self) -> str:
        return _("New member of staff")

    def name(self, context: Context, record: Staff) -> str:
        return formats.name_sorted(record.family_name, record.given_name)

    def fields(self, context: Context, record: Any) -> tuple[Field, ...]:
        return (
            Field("family_name", _("Family name"), column=True),
            Field("given_name", _("Given name"), column=True),
            Field(
                "salutation",
                _("Salutation"),
                Choice(tuple((each, word(each)) for each in Salutation)),
            ),
            Field("initials", _("Initials"), hint=_("Shown on narrow appointments."), column=True),
            Field("login", _("Login name"), column=True),
            Field("phone", _("Phone")),
            Field("email", _("E-mail")),
            Field(
                "office_id",
                _("Home office"),
                Choice(((None, pgettext("office", "none")), *context.office_options())),
                column=True,
            ),
            Field("team", _("Team"), column=True),
            Field(
                "os_user",
                _("Login of the PC"),
                OptionalText(),
                hint=_("Who signs in to the PC with it works as this person."),
            ),
            Field(
                "left_on",
                _("Left on"),
                Day(optional=True),
                hint=_("The records of former staff stay."),
            ),
        )

    def blank(self, context: Context) -> Staff:
        return Staff(id=new_id(), login="", family_name="", office_id=context.office_id)

    def rows(self, context: Context, records: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(sorted(records, key=lambda r: (r.family_name, r.given_name, r.id)))


class Roles(RecordKind):
    record_type = StaffRole
    icon = "user"
    removable = True

    def title(self) -> str:
        return _("Roles")

    def new_title(self) -> str:
        return _("New role")

    def fields(self, context: Context, record: Any) -> tuple[Field, ...]:
        return (
            Field("staff_id", _("Person"), Choice(context.staff_options()), column=True),
            Field(
                "role",
                _("Role"),
                Choice(tuple((each, word(each)) for each in Role)),
                hint=_("A deputy gets a role of his or her own for that time."),
                column=True,
            ),
            *validity(),
        )

    def blank(self, context: Context) -> StaffRole:
        return StaffRole(
            id=new_id(),
            staff_id=context.first_staff(),
            office_id=context.office_id,
            role=Role.ADVISOR,
            valid_from=context.today,
        )

    def rows(self, context: Context, records: tuple[Any, ...]) -> tuple[Any, ...]:
        return _by_person(context, records, lambda r: (list(Role).index(r.role), r.valid_from))


class Patterns(RecordKind):
    record_type = WorkingPattern
    icon = "calendar"
    removable = True

    def title(self) -> str:
        return _("Working hours")

    def new_title(self) -> str:
        return _("New working hours")

    def fields(self, context: Context, record: Any) -> tuple[Field, ...]:
        return (
            Field("staff_id", _("Person"), Choice(context.staff_options()), column=True),
            Field("weekday", _("Weekday"), Choice(weekday_options()), column=True),
            Field("starts", pgettext("time", "From"), TimeOfDay(), column=True),
            Field("ends", pgettext("time", "To"), TimeOfDay(), column=True),
            Field(
                "week_parity",
                _("Weeks"),
                Choice(
                    (
                        (None, _("every week")),
                        (0, _("even calendar weeks")),
                        (1, _("odd calendar weeks")),
                    )
                ),
                column=True,
            ),
            Field(
                "channels",
                _("Channels"),
                Ticks(channel_options(), none=_("all channels")),
                hint=_("None ticked: all channels."),
                column=True,
            ),
            *validity(),
        )

    def blank(self, context: Context) -> WorkingPattern:
        return WorkingPattern(
            id=new_id(),
            staff_id=context.first_staff(),
            weekday=1,
            starts=time(8),
            ends=time(12),
            valid_from=context.today,
        )

    def rows(self, context: Context, records: tuple[Any, ...]) -> tuple[Any, ...]:
        return _by_person(context, records, lambda r: (r.weekday, r.starts, r.valid_from))


class Absences(RecordKind):
    record_type = Absence
    icon = "leave"
    removable = True

    def title(self) -> str:
        return _("Absences")

    def new_title(self) -> str:
        return _("New absence")

    def fields(self, context: Context, record: Any) -> tuple[Field, ...]:
        return (
            Field("staff_id", _("Person"), Choice(context.staff_options()), column=True),
            Field(
                "starts",
                pgettext("time", "From"),
                Moment(),
                hint=_("A day, or a day and a time."),
                column=True,
            ),
            Field(
                "ends",
                pgettext("time", "To"),
                Moment(end=True),
                hint=_("A day without a time counts in full."),
                column=True,
            ),
            Field(
                "label",
                _("Label for colleagues"),
                hint=_("“Absent” is enough: give no health reasons."),
                column=True,
            ),
        )

    def blank(self, context: Context) -> Absence:
        return Absence(
            id=new_id(),
            staff_id=context.first_staff(),
            starts=instant(context.today, time()),
            ends=instant(context.today + timedelta(days=1), time()),
        )

    def rows(self, context: Context, records: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(sorted(records, key=lambda r: (r.starts, r.id)))


def _by_person(context: Context, records: tuple[Any, ...], key: Any) -> tuple[Any, ...]:
    place = {staff_id: at for at, (staff_id, _name) in enumerate(context.staff_options())}
    return tuple(sorted(records, key=lambda r: (place.get(r.staff_id, len(place)), *key(r), r.id)))
