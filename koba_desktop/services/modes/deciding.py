"""Deciding on the operating mode: rows are added, never changed."""

from typing import Any

from koba_desktop.domain.entities.modes import OperatingMode
from koba_desktop.domain.entities.office import Office
from koba_desktop.domain.errors import Problem, Refused
from koba_desktop.domain.rights import Right
from koba_desktop.domain.vocabulary import ModeSource
from koba_desktop.services.commands import SetMode, WithdrawMode
from koba_desktop.services.ids import new_id
from koba_desktop.services.office.entitlement import require
from koba_desktop.services.work import Work


def set_mode(work: Work, command: SetMode) -> dict[str, Any]:
    """Raises Refused: ``not_entitled``, ``reason_missing``."""
    work.get(Office, command.office_id)
    require(work, Right.DECIDE_MODE, command.office_id)
    if not command.reason.strip():
        raise Refused(Problem("reason_missing", where="reason"))
    row = work.add(
        OperatingMode(
            id=new_id(),
            office_id=command.office_id,
            mode=command.mode,
            valid_from=command.valid_from,
            source=command.source,
            reason=command.reason.strip(),
        )
    )
    return {"mode_id": row.id}


def withdraw_mode(work: Work, command: WithdrawMode) -> dict[str, Any]:
    """Raises Refused: ``not_entitled``, ``reason_missing``, ``mode_in_force`` (only what is planned
    can be taken back), ``mode_withdrawn``."""
    planned = work.get(OperatingMode, command.mode_id)
    require(work, Right.DECIDE_MODE, planned.office_id)
    if not command.reason.strip():
        raise Refused(Problem("reason_missing", where="reason"))
    if planned.source is ModeSource.WITHDRAWAL or work.first(
        OperatingMode, withdraws_id=planned.id
    ):
        raise Refused(Problem("mode_withdrawn"))
    if planned.valid_from <= work.now:
        raise Refused(Problem("mode_in_force", {"mode": planned.mode}))
    row = work.add(
        OperatingMode(
            id=new_id(),
            office_id=planned.office_id,
            mode=planned.mode,
            valid_from=planned.valid_from,
            source=ModeSource.WITHDRAWAL,
            reason=command.reason.strip(),
            withdraws_id=planned.id,
        )
    )
    return {"mode_id": row.id}
