"""Who has the same appointment or client open just now."""

from collections.abc import Iterable
from uuid import UUID

from koba_desktop.domain.entities.bookkeeping import PRESENT_FOR, Presence
from koba_desktop.services.ports import After, AnyOf
from koba_desktop.services.view import View


def present_elsewhere(
    view: View, subject_ids: Iterable[UUID], *, staff_id: UUID, host: str
) -> tuple[Presence, ...]:
    """Who was seen with one of these open within ``PRESENT_FOR``, the latest first.

    The same person on the same PC is nobody else, however many windows there are: they do not
    surprise each other. On another PC, or under another name, it is somebody.
    """
    found = view.reader.find(
        Presence,
        subject_id=AnyOf.of(subject_ids),
        seen_at=After(view.now - PRESENT_FOR),
        order_by="-seen_at",
    )
    return tuple(each for each in found if (each.staff_id, each.host) != (staff_id, host))
