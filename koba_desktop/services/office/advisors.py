"""Who holds consultations in an office."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from koba_desktop.domain.entities.staff import Staff, StaffRole
from koba_desktop.domain.vocabulary import Role
from koba_desktop.services.ports import AnyOf
from koba_desktop.services.view import View


def advisors_of(view: View, office_id: UUID, first: date, last: date) -> tuple[Staff, ...]:
    """The advisors of an office on any day from first to last, by name."""
    held = {
        role.staff_id
        for role in view.reader.find(StaffRole, office_id=office_id, role=Role.ADVISOR)
        if role.valid_from <= last and (role.valid_until is None or first <= role.valid_until)
    }
    return members(view, tuple(held))


def advisors_today(view: View, office_id: UUID) -> tuple[Staff, ...]:
    """Who can be given somebody today: the advisors of an office who have not left the house."""
    return tuple(
        member
        for member in advisors_of(view, office_id, view.today, view.today)
        if is_here(member, view.today)
    )


def is_here(member: Staff, day: date) -> bool:
    """Whether somebody has not left the house."""
    return member.left_on is None or member.left_on > day


def members(view: View, ids: Sequence[UUID]) -> tuple[Staff, ...]:
    """These staff members, by name."""
    found = view.reader.find(Staff, id=AnyOf.of(ids))
    return tuple(sorted(found, key=lambda s: (s.family_name, s.given_name, s.id)))
