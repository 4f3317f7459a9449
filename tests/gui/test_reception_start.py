"""Whoever only receives visitors begins with them; everybody else where he or she left off."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from koba_desktop.domain.entities.staff import StaffRole
from koba_desktop.domain.vocabulary import Role
from koba_desktop.gui.app import Program
from koba_desktop.gui.opening import Opened, Progress
from koba_desktop.gui.who_am_i import first_tab
from koba_desktop.services.execution import Actor
from koba_desktop.services.ids import new_id
from koba_desktop.services.office.book import office_book
from tests.gui.shell_office import opener_of, running
from tests.support import Office


def somebody(office: Office, role: Role) -> Actor:
    with office.store.reading() as reader:
        held = reader.find(StaffRole, role=role, office_id=office.actor.office_id, limit=1)[0]
    return Actor(held.staff_id, held.office_id)


@contextmanager
def signed_in(office: Office, actor: Actor, folder: Path, bot: QtBot) -> Iterator[Program]:
    really = opener_of(office)

    def opener(progress: Progress, secret: str) -> Opened:
        return replace(really(progress, secret), first=actor)

    with running(opener, folder) as program:
        with bot.waitSignal(program.ready, timeout=20_000):
            pass
        yield program


def test_the_receptionist_begins_at_the_door(
    demo_office: Office, tmp_path: Path, qtbot: QtBot
) -> None:
    receptionist = somebody(demo_office, Role.RECEPTION)
    with signed_in(demo_office, receptionist, tmp_path, qtbot) as program:
        assert program.window.current_tab() == "reception"
        panel = program.session.panels.made("reception") if program.session else None
        assert panel is not None
        assert panel.tree.hasFocus()  # type: ignore[attr-defined]


def test_an_advisor_begins_where_the_window_was_left(
    demo_office: Office, tmp_path: Path, qtbot: QtBot
) -> None:
    with signed_in(demo_office, demo_office.actor, tmp_path, qtbot) as program:
        assert program.window.current_tab() == "calendar"
        assert program.desk is not None
        program.window.show_tab("myday")
        program.desk.become(somebody(demo_office, Role.RECEPTION))
        assert program.window.current_tab() == "reception"
        program.window.show_tab("letters")
        program.desk.become(demo_office.actor)
        assert program.window.current_tab() == "letters"


@pytest.mark.parametrize(
    ("also", "tab"), [(None, "reception"), (Role.ADVISOR, ""), (Role.LEAD, "")]
)
def test_who_advises_or_leads_as_well_does_not_land_there(
    demo_office: Office, also: Role | None, tab: str
) -> None:
    receptionist = somebody(demo_office, Role.RECEPTION)
    if also is not None:
        _give(demo_office, receptionist.staff_id, also)
    with demo_office.services.view() as view:
        assert first_tab(office_book(view), receptionist, view.today) == tab


def _give(office: Office, staff_id: UUID, role: Role) -> None:
    with office.store.writing(by=staff_id, now=office.clock.now()) as unit:
        unit.add(
            StaffRole(
                id=new_id(),
                staff_id=staff_id,
                office_id=office.actor.office_id,
                role=role,
                valid_from=office.clock.now().date(),
            )
        )


def test_the_layout_of_the_reception_shows_it_without_docks(
    demo_office: Office, tmp_path: Path, qtbot: QtBot
) -> None:
    QSettings().clear()
    with signed_in(demo_office, demo_office.actor, tmp_path, qtbot) as program:
        window = program.window
        window.actions_.reception.trigger()
        assert window.current_tab() == "reception"
        assert not window.clients.isVisible()
        assert not window.rooms.isVisible()
        corner = [button.text() for button in window.tabs.switches]
        assert corner == ["Hall display: off"]
        assert not window.tabs.day.isVisible()
        window.show_tab("letters")
        assert window.tabs.switches == []
        assert window.tabs.day.isVisible()
