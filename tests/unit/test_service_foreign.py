"""What another program committed, as topics for the screens and as who did it."""

from dataclasses import replace
from pathlib import Path

import pytest

from koba_desktop.domain.entities.appointments import Appointment, ChangeReason
from koba_desktop.domain.entities.bookkeeping import AuditEvent, ExecutedCommand, Presence
from koba_desktop.domain.entities.clients import ContactTrace
from koba_desktop.domain.entities.contacts import CallTask
from koba_desktop.domain.entities.rooms import Refusal
from koba_desktop.services.changes import EVERYTHING, Topic
from koba_desktop.services.footprint import _TOPICS, foreign_changes, table_name
from koba_desktop.services.ids import new_id
from koba_desktop.services.ports import Foreign
from koba_desktop.services.touched import touched
from koba_desktop.storage.tables import TABLES
from tests.unit.service_office import SmallOffice, at

UNSEEN = {AuditEvent, ExecutedCommand, Presence, Refusal, ChangeReason, ContactTrace}
"""Records no screen shows as they change: what is told of them belongs to another record."""


@pytest.fixture
def office(tmp_path: Path):
    made = SmallOffice(tmp_path)
    yield made
    made.close()


def test_tables_are_called_as_the_storage_calls_them():
    for kind in (*_TOPICS, Presence):
        assert table_name(kind) == TABLES[kind].name


def test_every_record_has_its_topics():
    assert set(TABLES) - set(_TOPICS) == UNSEEN


def test_rows_become_topics_and_ids():
    appointment, booking, event = new_id(), new_id(), new_id()
    changes = foreign_changes(
        Foreign(
            frozenset(
                {("appointment", appointment), ("room_booking", booking), ("audit_event", event)}
            )
        )
    )
    assert changes.topics == {Topic.APPOINTMENTS, Topic.ROOMS}
    assert changes.ids == {appointment, booking}
    assert changes.foreign
    assert not changes.everything
    assert not changes.own


def test_what_is_not_known_is_everything():
    assert foreign_changes(Foreign(everything=True)) == EVERYTHING
    assert not foreign_changes(Foreign(frozenset({("presence", new_id())}))).topics


def test_who_did_it_and_what_it_is_about(office: SmallOffice):
    booked = office.booked(at(14, 9), client_id=office.kuhn.id)
    task = office.task(office.hartwig)
    rows = [("appointment", booked.id), ("call_task", task), ("office", office.office.id)]
    with office.view() as view:
        found = {each.ids: each for each in touched(view, [*rows, ("appointment", new_id())])}
    assert set(found) == {
        frozenset({booked.id}),
        frozenset({task, office.hartwig.id}),
    }
    stored = office.one(Appointment, id=booked.id)
    mark = found[frozenset({booked.id})]
    assert (mark.by, mark.at) == (stored.changed_by, stored.changed_at)
    assert found[frozenset({task, office.hartwig.id})].at == office.one(CallTask).changed_at
    assert replace(stored) == stored
