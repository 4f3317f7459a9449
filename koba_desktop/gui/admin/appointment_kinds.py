"""The kinds of appointment: how long, by which channel, what about, what to have ready."""

from typing import Any

from koba_desktop.domain.entities.appointments import AppointmentKind
from koba_desktop.domain.vocabulary import Channel
from koba_desktop.gui.admin.kinds import Context, Field, RecordKind
from koba_desktop.gui.admin.office_kinds import channel_options
from koba_desktop.gui.admin.values import (
    Check,
    Day,
    Lines,
    OptionalText,
    Ticks,
    Whole,
)
from koba_desktop.i18n import _
from koba_desktop.services.ids import new_id


class AppointmentKinds(RecordKind):
    record_type = AppointmentKind
    icon = "list"
    for_administrators = True
    shared = True

    def title(self) -> str:
        return _("Kinds of appointment")

    def new_title(self) -> str:
        return _("New kind of appointment")

    def name(self, context: Context, record: AppointmentKind) -> str:
        return record.name

    def fields(self, context: Context, record: Any) -> tuple[Field, ...]:
        return (
            Field("name", _("Name"), column=True),
            Field("minutes", _("Minutes"), Whole(), column=True),
            Field("channels", _("Channels"), Ticks(channel_options()), column=True),
            Field("outdoors_allowed", _("Possible outdoors"), Check()),
            Field(
                "about.de",
                _("What it is about (German)"),
                OptionalText(),
                hint=_("Appears in the letter."),
            ),
            Field(
                "papers.de",
                _("To have ready (German)"),
                Lines(list),
                hint=_("One per line."),
            ),
            Field("about.en", _("What it is about (English)"), OptionalText()),
            Field("papers.en", _("To have ready (English)"), Lines(list)),
            Field("position", _("Position in lists"), Whole()),
            Field("retired_on", _("No longer used from"), Day(optional=True)),
        )

    def blank(self, context: Context) -> AppointmentKind:
        last = max((kind.position for kind in context.book.kinds), default=0)
        return AppointmentKind(
            id=new_id(),
            name="",
            minutes=30,
            channels=(Channel.TELEPHONE,),
            about={},
            papers={},
            position=last + 1,
        )

    def rows(self, context: Context, records: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(sorted(records, key=lambda r: (r.position, r.name, r.id)))
