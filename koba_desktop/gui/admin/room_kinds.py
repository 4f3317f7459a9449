"""Rooms with their places, and what hygiene asks of them."""

from typing import Any
from uuid import UUID

from koba_desktop.domain.entities.rooms import HygieneProfile, Place, Room
from koba_desktop.domain.errors import Problem
from koba_desktop.domain.records import Changeable
from koba_desktop.domain.vocabulary import RoomKind, Windows
from koba_desktop.gui.admin.kinds import Content, Context, Field, RecordKind, with_values
from koba_desktop.gui.admin.office_kinds import validity
from koba_desktop.gui.admin.values import Check, Choice, Day, Decimal, Paragraph, Whole
from koba_desktop.i18n import _, pgettext
from koba_desktop.i18n.words import word
from koba_desktop.services.ids import new_id

PLACES = "places"
"""The form's number of places; the record of a room does not hold it."""


class Rooms(RecordKind):
    record_type = Room
    icon = "door"

    def title(self) -> str:
        return _("Rooms")

    def new_title(self) -> str:
        return _("New room")

    def name(self, context: Context, record: Room) -> str:
        return record.name

    def fields(self, context: Context, record: Any) -> tuple[Field, ...]:
        return (
            Field("name", _("Name"), column=True),
            Field(
                "kind",
                _("Kind"),
                Choice(tuple((each, word(each)) for each in RoomKind)),
                column=True,
            ),
            Field("floor", _("Floor"), column=True),
            Field(
                PLACES,
                _("Places"),
                Whole(least=1),
                hint=_("Consultations at the same time. Outdoors there may be several."),
                column=True,
            ),
            Field("seats", _("Persons"), Whole(), column=True),
            Field("area", _("Area in m²"), Decimal(optional=True), column=True),
            Field("height", _("Height in m"), Decimal(optional=True)),
            Field("windows", _("Windows"), Choice(tuple((each, word(each)) for each in Windows))),
            Field(
                "air_changes",
                _("Air changes per hour"),
                Decimal(optional=True),
                hint=_("Where ventilation is mechanical."),
            ),
            Field(
                "screen_height",
                _("Screen height in m"),
                Decimal(optional=True),
                hint=_("Upper edge above the floor. Empty: no fixed screen."),
            ),
            Field("wheelchair", _("Accessible by wheelchair"), Check()),
            Field("equipment", _("Equipment")),
            Field("notes", _("Notes"), Paragraph()),
            Field("position", _("Position in lists"), Whole()),
            Field("retired_on", _("No longer used from"), Day(optional=True)),
        )

    def blank(self, context: Context) -> Room:
        last = max((room.position for room in context.rooms), default=0)
        return Room(id=new_id(), office_id=context.office_id, name="", position=last + 1)

    def rows(self, context: Context, records: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(sorted(records, key=lambda r: (r.position, r.name, r.id)))

    def value(self, context: Context, record: Any, name: str) -> Any:
        if name == PLACES:
            return max(1, len(_places(context, record.id)))
        return super().value(context, record, name)

    def written(
        self, context: Context, record: Any, content: Content
    ) -> tuple[tuple[Changeable, ...], tuple[Changeable, ...]]:
        values = self._values(context, record, content)
        wanted = values.pop(PLACES)
        present = _places(context, record.id)
        first = present[-1].number + 1 if present else 1
        new = (
            Place(id=new_id(), room_id=record.id, number=first + at)
            for at in range(wanted - len(present))
        )
        return (with_values(record, values), *new), present[wanted:]

    def field_of(self, problem: Problem) -> str:
        return PLACES if problem.code == "reference_broken" else super().field_of(problem)


def _places(context: Context, room_id: UUID) -> tuple[Place, ...]:
    return tuple(
        sorted((p for p in context.places if p.room_id == room_id), key=lambda p: (p.number, p.id))
    )


class Hygiene(RecordKind):
    record_type = HygieneProfile
    icon = "clean"
    removable = True

    def title(self) -> str:
        return _("Hygiene")

    def new_title(self) -> str:
        return _("New hygiene requirement")

    def fields(self, context: Context, record: Any) -> tuple[Field, ...]:
        rooms = tuple((room.id, room.name) for room in context.rooms)
        return (
            Field(
                "room_id",
                _("Room"),
                Choice(((None, _("all rooms of the office")), *rooms)),
                column=True,
            ),
            Field(
                "area_per_person",
                _("Area per person in m²"),
                Decimal(),
                hint=_("Corona-ArbSchV § 3: 10 m²."),
                column=True,
            ),
            Field("distance", _("Distance in m"), Decimal(), column=True),
            Field("cleaning_minutes", _("Minutes for cleaning"), Whole(), column=True),
            Field(
                "airing_minutes_min",
                _("Minutes for airing at least"),
                Whole(optional=True),
                hint=_("Empty: the minimum of the season."),
            ),
            Field("reason", pgettext("hygiene", "Reason")),
            *validity(),
        )

    def blank(self, context: Context) -> HygieneProfile:
        return HygieneProfile(id=new_id(), office_id=context.office_id, valid_from=context.today)

    def rows(self, context: Context, records: tuple[Any, ...]) -> tuple[Any, ...]:
        place = {room.id: at for at, room in enumerate(context.rooms)}
        return tuple(sorted(records, key=lambda r: (place.get(r.room_id, -1), r.valid_from, r.id)))
