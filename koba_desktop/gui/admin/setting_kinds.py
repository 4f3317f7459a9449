"""The settings: what holds, since when, for which office, and what held before."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from koba_desktop.domain.entities.office import Setting
from koba_desktop.domain.errors import Problem
from koba_desktop.domain.policy import POLICIES, Policy
from koba_desktop.domain.records import Changeable
from koba_desktop.domain.vocabulary import ChecklistItem
from koba_desktop.gui.admin.kinds import Content, Context, Field, RecordKind, as_new
from koba_desktop.gui.admin.office_kinds import weekday_options
from koba_desktop.gui.admin.policies import choice_text, policy_name, source_text, unit_text
from koba_desktop.gui.admin.values import Choice, Codec, Day, Ticks, TimeText, Whole, Words
from koba_desktop.i18n import _, pgettext
from koba_desktop.i18n.words import word
from koba_desktop.services.ids import new_id


class Settings(RecordKind):
    """Values once in force stay as they are: a change is a new value with its first day."""

    record_type = Setting
    icon = "gear"
    starts_as_stands = True
    removable = True
    hides_former = False

    def __init__(self) -> None:
        self._defaults: dict[tuple[UUID, bool, str], Setting] = {}

    def title(self) -> str:
        return _("Settings")

    def new_title(self) -> str:
        return _("New value")

    def name(self, context: Context, record: Setting) -> str:
        return policy_name(record.key)

    def fields(self, context: Context, record: Any) -> tuple[Field, ...]:
        policy = POLICIES[record.key]
        unit = unit_text(policy.unit)
        source = _("Source: {source}").format(source=source_text(policy.source))
        bounds = _bounds(policy)
        office = context.book.office(context.office_id)
        return (
            Field(
                "key",
                _("Setting"),
                Choice(tuple((key, policy_name(key)) for key in POLICIES)),
                column=True,
                fixed=True,
            ),
            Field(
                "value",
                _("Value"),
                codec_of(policy),
                hint=" · ".join(part for part in (unit, bounds, source) if part),
                column=True,
            ),
            Field("valid_from", _("Valid from"), Day(), column=True),
            Field(
                "office_id",
                _("Applies to"),
                Choice(((None, _("all offices")), (office.id, office.name))),
                column=True,
            ),
        )

    def blank(self, context: Context) -> Setting:
        return self.first(context, next(iter(POLICIES.values())))

    def blank_for(self, context: Context, content: Content) -> Setting:
        policy = POLICIES.get(content.get("key", ""))
        return self.blank(context) if policy is None else self.first(context, policy)

    def first(self, context: Context, policy: Policy) -> Setting:
        """The default as a record not saved yet."""
        return Setting(
            id=new_id(),
            key=policy.key,
            value=policy.default,
            valid_from=context.today,
            office_id=_scope(context, None),
        )

    def rows(self, context: Context, records: tuple[Any, ...]) -> tuple[Any, ...]:
        """By setting, the value in force first. Where nobody set any, the default stands."""
        rows: list[Setting] = []
        for policy in POLICIES.values():
            mine = [r for r in records if r.key == policy.key]
            mine.sort(key=lambda r: (r.office_id is not None, r.valid_from, r.id), reverse=True)
            if mine:
                self._defaults.pop(self._place(context, policy), None)
            rows.extend(mine or [self._default(context, policy)])
        return tuple(rows)

    def _default(self, context: Context, policy: Policy) -> Setting:
        """The same record each time, so that it stays the one selected."""
        return self._defaults.setdefault(self._place(context, policy), self.first(context, policy))

    @staticmethod
    def _place(context: Context, policy: Policy) -> tuple[UUID, bool, str]:
        return context.office_id, context.administrates, policy.key

    def cell(self, record: Setting, field: Field, text: str) -> str:
        """A default holds everywhere and always."""
        unset = record.version == 0 and field.name in ("valid_from", "office_id")
        return "–" if unset else text or "–"

    def remark_title(self) -> str:
        return _("State")

    def remark(self, context: Context, record: Setting, rows: tuple[Any, ...]) -> str:
        if record.version == 0:
            return _("default")
        if record.valid_from > context.today:
            return _("planned")
        valid = [
            r for r in rows if r.key == record.key and r.version and r.valid_from <= context.today
        ]
        own = [r for r in valid if r.office_id is not None] or valid
        in_force = max(own, key=lambda r: (r.valid_from, r.id))
        if record.id == in_force.id:
            return _("in force")
        later = any(
            r.office_id == record.office_id and r.valid_from > record.valid_from for r in valid
        )
        return _("past") if later else _("the office has its own")

    def locked(self, context: Context, record: Setting) -> str:
        if record.version and record.valid_from < context.today:
            return _("This value has already been in force. Enter a new value: the old one stays.")
        return ""

    def copied(self, context: Context, record: Setting) -> Changeable:
        """The record as a new value from today on."""
        scope = _scope(context, record.office_id)
        return as_new(replace(record, valid_from=context.today, office_id=scope))

    def former(self, context: Context, record: Setting) -> bool:
        return False

    def field_of(self, problem: Problem) -> str:
        return "value" if problem.where in POLICIES else super().field_of(problem)

    def worded(self, problem: Problem) -> Problem:
        if "key" not in problem.params:
            return problem
        named = {**problem.params, "key": policy_name(str(problem.params["key"]))}
        return replace(problem, params=named)


def _scope(context: Context, office_id: UUID | None) -> UUID | None:
    """For which office a new value is proposed: leads decide for their own only."""
    return office_id if context.administrates else context.office_id


def codec_of(policy: Policy) -> Codec:
    """How a policy's value is typed."""
    if policy.choices:
        return Choice(tuple((choice, choice_text(choice)) for choice in policy.choices))
    if isinstance(policy.default, bool):
        return Choice(((False, pgettext("setting", "off")), (True, pgettext("setting", "on"))))
    if policy.unit == "time of day":
        return TimeText()
    if policy.key == "reception.checklist":
        return Ticks(tuple((item.value, word(item)) for item in ChecklistItem), list)
    if policy.words is not None:
        return Words()
    if isinstance(policy.default, list):
        return Ticks(weekday_options(short=True), list)
    return Whole(optional=policy.optional)


def _bounds(policy: Policy) -> str:
    if policy.optional:
        return _("empty: no limit")
    if policy.least is None or isinstance(policy.default, list):
        return ""
    return _("{least} to {most}").format(least=policy.least, most=policy.most)
