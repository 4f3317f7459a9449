"""What a kind of record is to the administration: its fields, its table, a new one."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from koba_desktop.domain.clock import day_of
from koba_desktop.domain.entities.rooms import Place, Room
from koba_desktop.domain.errors import Problem
from koba_desktop.domain.records import Changeable
from koba_desktop.gui.admin.values import Codec, Wrong
from koba_desktop.i18n import formats
from koba_desktop.services.ids import new_id
from koba_desktop.services.office.book import OfficeBook

Content = dict[str, Any]
"""What stands in a form: field name to JSON value."""


@dataclass(frozen=True, slots=True)
class Field:
    """One line of a form. ``name`` is the record's attribute, or "attribute.key" inside a mapping.

    ``hint`` stands beneath the input; ``column`` fields make the table; ``fixed`` ones are only
    typed while the record is new.
    """

    name: str
    label: str
    codec: Codec = field(default_factory=Codec)
    hint: str = ""
    column: bool = False
    fixed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What the forms need to know beside their record.

    ``staff_id`` is the person chosen last; ``administrates`` tells whether the one at the PC may
    change what holds for all offices.
    """

    book: OfficeBook
    office_id: UUID
    today: date
    rooms: tuple[Room, ...] = ()
    places: tuple[Place, ...] = ()
    staff_id: UUID | None = None
    administrates: bool = False

    def staff_options(self) -> tuple[tuple[UUID, str], ...]:
        """All people by name, former ones too: old records still name them."""
        return tuple(
            (member.id, formats.name_sorted(member.family_name, member.given_name))
            for member in sorted(
                self.book.staff, key=lambda who: (who.family_name, who.given_name, who.id)
            )
        )

    def office_options(self) -> tuple[tuple[UUID, str], ...]:
        return tuple((office.id, office.name) for office in self.book.offices)

    def first_staff(self) -> UUID:
        """Whom a new record is for: the person chosen last, else an advisor of this office."""
        if self.staff_id is not None:
            return self.staff_id
        advisors = self.book.advisors(self.office_id, self.today)
        return advisors[0].id if advisors else self.book.staff[0].id


class NotReadable(Exception):
    """Fields whose content is no value; ``problems`` name them in ``where``."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(problems)
        self.problems = problems


class RecordKind(ABC):
    """One kind of record: everything a page needs to list, show, read and name it."""

    record_type: ClassVar[type[Changeable]]
    icon: ClassVar[str]
    removable: ClassVar[bool] = False
    hides_former: ClassVar[bool] = True  # unless they are asked for
    shared: ClassVar[bool] = False  # the same in all offices
    for_administrators: ClassVar[bool] = False  # nobody else makes new ones
    is_person: ClassVar[bool] = False
    starts_as_stands: ClassVar[bool] = False  # an unsaved one is a value in force, with a name

    @property
    def form(self) -> str:
        """The form's name among the drafts."""
        return f"admin.{self.record_type.__name__}"

    @abstractmethod
    def title(self) -> str:
        """The name of the page."""

    @abstractmethod
    def new_title(self) -> str:
        """The name of a record not saved yet: "New room"."""

    @abstractmethod
    def fields(self, context: Context, record: Any) -> tuple[Field, ...]: ...

    @abstractmethod
    def blank(self, context: Context) -> Changeable:
        """A new record, with what is known already."""

    def blank_for(self, context: Context, content: Content) -> Changeable:
        """The new record for what was typed before an interruption."""
        return self.blank(context)

    def rows(self, context: Context, records: tuple[Any, ...]) -> tuple[Any, ...]:
        """The records in the order of the table."""
        return records

    def name(self, context: Context, record: Any) -> str:
        """What the record is called, above its form and in messages."""
        content = self.content(context, record)
        return " · ".join(
            text
            for each in self.fields(context, record)
            if each.column and (text := each.codec.shown(content[each.name]))
        )

    def cell(self, record: Any, field: Field, text: str) -> str:
        """What the table shows for the text of a field."""
        return text

    def remark_title(self) -> str:
        """The head of one more column of the table; "" for none."""
        return ""

    def remark(self, context: Context, record: Any, rows: tuple[Any, ...]) -> str:
        """What that column says of a record among all of the table."""
        return ""

    def locked(self, context: Context, record: Any) -> str:
        """Why the record cannot be changed any more; "" where it can."""
        return ""

    def copied(self, context: Context, record: Any) -> Changeable | None:
        """The new record that takes the place of a locked one; None where there is none."""
        return None

    def former(self, context: Context, record: Any) -> bool:
        """Whether it holds no more."""
        return any(
            isinstance(last, date) and not isinstance(last, datetime) and last < context.today
            for last in (
                getattr(record, name, None)
                for name in ("valid_until", "left_on", "retired_on", "closed_on", "day")
            )
        ) or (
            isinstance(ends := getattr(record, "ends", None), datetime)
            and day_of(ends) < context.today
        )

    # --- content ----------------------------------------------------------------------------------

    def value(self, context: Context, record: Any, name: str) -> Any:
        """The value of a field."""
        attribute, _dot, key = name.partition(".")
        value = getattr(record, attribute)
        return value.get(key) if key else value

    def content(self, context: Context, record: Any) -> Content:
        """What the form shows of a record."""
        return {
            each.name: each.codec.encode(self.value(context, record, each.name))
            for each in self.fields(context, record)
        }

    def written(
        self, context: Context, record: Any, content: Content
    ) -> tuple[tuple[Changeable, ...], tuple[Changeable, ...]]:
        """The records to save and those to remove for what stands in the form.

        Raises NotReadable.
        """
        return (with_values(record, self._values(context, record, content)),), ()

    def _values(self, context: Context, record: Any, content: Content) -> dict[str, Any]:
        values: dict[str, Any] = {}
        problems: list[Problem] = []
        for each in self.fields(context, record):
            try:
                values[each.name] = each.codec.decode(content[each.name])
            except Wrong as wrong:
                problems.append(Problem(wrong.code, wrong.params, each.name))
        if problems:
            raise NotReadable(tuple(problems))
        return values

    def field_of(self, problem: Problem) -> str:
        """The field a problem of the services is about."""
        head, _dot, tail = problem.where.rpartition(".")
        return tail if head else problem.where

    def worded(self, problem: Problem) -> Problem:
        """The problem with params as the screen calls them."""
        return problem


def with_values(record: Changeable, values: Mapping[str, Any]) -> Changeable:
    plain = {name: value for name, value in values.items() if "." not in name}
    for name, value in values.items():
        attribute, _dot, key = name.partition(".")
        if key:
            mapping = dict(plain.get(attribute, getattr(record, attribute)))
            if value or (value is not None and key in mapping):
                mapping[key] = value
            else:
                mapping.pop(key, None)
            plain[attribute] = mapping
    return replace(record, **plain)


def as_new(record: Changeable) -> Changeable:
    """The same content as a record not stored yet."""
    return replace(record, id=new_id(), version=0, changed_at=None, changed_by=None)
