"""The mode's history and what is planned."""

from uuid import UUID

from koba_desktop.domain.entities.modes import OperatingMode
from koba_desktop.services.view import View


def mode_history(view: View, office_id: UUID) -> tuple[OperatingMode, ...]:
    """All rows, latest valid-from first, withdrawals among them."""
    raise NotImplementedError
