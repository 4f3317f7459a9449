"""The kinds of appointment: how long, by which channel, what about, what to have ready."""

from typing import Any

from koba_desktop.domain.entities.appointments import AppointmentKind
from koba_desktop.domain.vocabulary import Channel, Language
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
from koba_desktop.i18n.words import word
from koba_desktop.services.ids import new_id
from koba_desktop.services.office.usual import SUMMONS


def _texts(language: Language) -> tuple[Field, Field]:
    """What letters in a language say of the kind."""
    named = word(language)
    return (
        Field(
            f"about.{language}",
            _("What it is about ({language})").format(language=named),
            OptionalText(),
            hint=_("Appears in the letter."),
        ),
        Field(
            f"papers.{language}",
            _("To have ready ({language})").format(language=named),
            Lines(list),
            hint=_("One per line."),
        ),
    )


def _purposes() -> tuple[Field, ...]:
    """What a formal summons to such an appointment is for."""
    return tuple(
        Field(
            f"about.{key}",
            _("Purpose in a summons ({language})").format(language=word(Language(language))),
            OptionalText(),
            hint=_(
                "A whole sentence, one of the purposes of § 309 (2) SGB III. Empty: that of the "
                "program, mostly placement in training or work."
            ),
        )
        for language, key in SUMMONS.items()
    )


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
            *(field for language in Language for field in _texts(language)),
            *_purposes(),
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
