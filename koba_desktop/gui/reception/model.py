"""The visitors of today as a tree of two levels: groups, and who is in them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import Any
from uuid import UUID

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt

from koba_desktop.gui.headings import heading
from koba_desktop.gui.reception import wording
from koba_desktop.gui.reception.visitors import Group, Spot, Visitor, spots_at, visitors
from koba_desktop.gui.reception.wording import Standing
from koba_desktop.gui.widgets.groups import COUNT_ROLE, GROUP_ROLE, OWN_ROLE, GroupedModel
from koba_desktop.i18n import _, formats, pgettext
from koba_desktop.services.reception.page import ReceptionPage
from koba_desktop.services.rooms.board import RoomDay

Index = QModelIndex | QPersistentModelIndex
VISITOR_ROLE = OWN_ROLE
STANDING_ROLE = OWN_ROLE + 1
_TEXT_ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)


class Column(IntEnum):
    CODE = 0
    NAME = 1
    BORN = 2
    TIME = 3
    KIND = 4
    ADVISOR = 5
    PLACE = 6
    SINCE = 7
    STATE = 8


@dataclass(slots=True)
class _Group:
    group: Group
    visitors: tuple[Visitor, ...]
    standings: list[Standing]
    places: list[str]

    def shown(self, row: int) -> tuple[Visitor, Standing, str]:
        """Everything the cells of a row are made of."""
        return self.visitors[row], self.standings[row], self.places[row]


class ArrivalsModel(GroupedModel):
    """Asks nothing: what time does to the visitors is worked out from what was read last."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._groups = [_Group(group, (), [], []) for group in Group]
        self._days: tuple[RoomDay, ...] = ()
        self._spots: dict[UUID, Spot] = {}
        self._now: datetime | None = None
        self._wait_minutes = 0
        self.said: Callable[..., str] | None = None
        """What is to be added about a visitor known by some ids."""

    def show_page(self, page: ReceptionPage, days: tuple[RoomDay, ...], now: datetime) -> bool:
        """Show a new answer. Returns whether the rows are others now."""
        self._wait_minutes = page.wait_minutes
        self._days = days
        self._now = now
        self._spots = dict(spots_at(days, now))
        everybody = visitors(page)
        groups = []
        for group in Group:
            found = tuple(each for each in everybody if each.group is group)
            standings = [self._standing(each) for each in found]
            places = [wording.place(each, self.spot(each)) for each in found]
            groups.append(_Group(group, found, standings, places))
        if _shape(groups) == _shape(self._groups):
            before, self._groups = self._groups, groups
            for number, (old, new) in enumerate(zip(before, groups, strict=True)):
                for row in range(len(new.visitors)):
                    if old.shown(row) != new.shown(row):
                        self._tell(number, row, row)
            return False
        self.beginResetModel()
        self._groups = groups
        self.endResetModel()
        return True

    def clear(self) -> None:
        """Show nobody, until there is an answer."""
        self.beginResetModel()
        self._groups = [_Group(group, (), [], []) for group in Group]
        self._days, self._spots = (), {}
        self.endResetModel()

    def set_now(self, now: datetime) -> None:
        """Let time pass; only the rows it changes anything for are drawn again."""
        self._now = now
        self._spots = dict(spots_at(self._days, now))
        for number, group in enumerate(self._groups):
            for row, visitor in enumerate(group.visitors):
                standing = self._standing(visitor)
                if standing != group.standings[row]:
                    group.standings[row] = standing
                    self._tell(number, row, row)

    def _standing(self, visitor: Visitor) -> Standing:
        assert self._now is not None
        return wording.standing(visitor, self.spot(visitor), self._now, self._wait_minutes)

    def _tell(self, number: int, first: int, last: int) -> None:
        if last < first:
            return
        until = self.row_index(number, last, len(Column) - 1)
        self.dataChanged.emit(self.row_index(number, first), until)

    # --- what the panel asks ----------------------------------------------------------------------

    def visitor(self, index: Index) -> Visitor | None:
        return index.data(VISITOR_ROLE) if index.isValid() else None

    def spot(self, visitor: Visitor) -> Spot | None:
        """The visitor's place as it is now; None without one."""
        place_id = visitor.row.place_id
        return self._spots.get(place_id) if place_id is not None and visitor.placed else None

    def find(self, appointment_id: UUID) -> QModelIndex:
        for number, group in enumerate(self._groups):
            for row, visitor in enumerate(group.visitors):
                if visitor.row.appointment_id == appointment_id:
                    return self.row_index(number, row)
        return QModelIndex()

    def first(self) -> QModelIndex:
        """The first visitor of all who has not gone, else an index of nothing."""
        for number, group in enumerate(self._groups):
            if group.visitors and group.group is not Group.GONE:
                return self.row_index(number, 0)
        return QModelIndex()

    def count(self, group: Group) -> int:
        return len(self._groups[list(Group).index(group)].visitors)

    def waiting_too_long(self) -> int:
        """How many wait longer than they should."""
        waiting = self._groups[0].visitors
        if self._now is None:
            return 0
        now = self._now
        return sum(each.waited(now) >= self._wait_minutes for each in waiting)

    # --- QAbstractItemModel -----------------------------------------------------------------------

    def sizes(self) -> list[int]:
        return [len(each.visitors) for each in self._groups]

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return len(Column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        titles = (
            _("Code"),
            _("Name"),
            _("born"),
            pgettext("column", "Time"),
            _("Kind"),
            _("Advisor"),
            _("Place"),
            _("since"),
            _("Wait / state"),
        )
        return heading(titles, section, orientation, role)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        number, row = self.place(index)
        group = self._groups[number]
        if row is None:
            return _group_data(group, index.column(), role)
        visitor = group.visitors[row]
        if role == VISITOR_ROLE:
            return visitor
        if role == STANDING_ROLE:
            return group.standings[row]
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._spoken(visitor)
        if role == Qt.ItemDataRole.AccessibleTextRole and index.column() == Column.CODE:
            return self._spoken(visitor)
        if role in _TEXT_ROLES:
            text = self._cell(visitor, group.standings[row], Column(index.column()))
            return text if role == Qt.ItemDataRole.DisplayRole else text or "–"
        return None

    def _spoken(self, visitor: Visitor) -> str:
        assert self._now is not None
        text = wording.spoken(visitor, self.spot(visitor), self._now, self._wait_minutes)
        said = self.said(*ids_of(visitor)) if self.said is not None else ""
        return f"{text} {said[:1].upper()}{said[1:]}." if said else text

    def _cell(self, visitor: Visitor, standing: Standing, column: Column) -> str:
        row = visitor.row
        match column:
            case Column.CODE:
                return row.code
            case Column.NAME:
                return wording.name(row)
            case Column.BORN:
                return formats.date_short(row.birth_date) if row.birth_date else "–"
            case Column.TIME:
                return formats.time_of(row.starts)
            case Column.KIND:
                return wording.kind(row)
            case Column.ADVISOR:
                return row.advisor_name
            case Column.PLACE:
                return wording.place(visitor, self.spot(visitor))
            case Column.SINCE:
                return wording.since(visitor)
            case _:
                return standing.text


def _group_data(group: _Group, column: int, role: int) -> Any:
    if role == GROUP_ROLE:
        return group.group
    if role == Qt.ItemDataRole.AccessibleTextRole:
        return f"{wording.group_title(group.group)}, {len(group.visitors)}"
    if column:
        return None
    if role == Qt.ItemDataRole.DisplayRole:
        return wording.group_title(group.group)
    if role == COUNT_ROLE:
        return str(len(group.visitors))
    return None


def _shape(groups: list[_Group]) -> list[list[tuple[UUID, bool]]]:
    """Who stands where, and how high the row is."""
    return [[(each.row.appointment_id, two_lines(each)) for each in g.visitors] for g in groups]


def ids_of(visitor: Visitor) -> tuple[UUID | None, ...]:
    """By what a visitor is known: the appointment, the visit, and the booking of the place."""
    row = visitor.row
    return row.appointment_id, row.visit_id, row.booking_id


def two_lines(visitor: Visitor) -> bool:
    """Whoever waits shows in a second line what must not be overlooked."""
    return visitor.group is Group.WAITING and bool(
        visitor.missing or visitor.row.needs or visitor.row.companions
    )
