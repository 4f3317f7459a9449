"""The mode's history and what is planned."""

from uuid import UUID

from koba_desktop.domain.entities.modes import OperatingMode
from koba_desktop.services.view import View


def mode_history(view: View, office_id: UUID) -> tuple[OperatingMode, ...]:
    """All rows, latest valid-from first, withdrawals among them."""
    rows = view.reader.find(OperatingMode, office_id=office_id)
    return tuple(sorted(rows, key=lambda r: (r.valid_from, r.id), reverse=True))
