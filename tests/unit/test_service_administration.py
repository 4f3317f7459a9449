"""Master data, operating mode, drafts, and what every screen knows by heart."""

from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest

from koba_desktop.domain.entities.bookkeeping import AuditEvent, Draft
from koba_desktop.domain.entities.modes import IncidenceValue, OperatingMode
from koba_desktop.domain.entities.office import ClosingDay, Office, OpeningHours, Setting
from koba_desktop.domain.entities.rooms import Place, Room
from koba_desktop.domain.entities.staff import StaffRole, WorkingPattern
from koba_desktop.domain.errors import Conflict, NotFound, Refused
from koba_desktop.domain.records import Changeable
from koba_desktop.domain.vocabulary import Channel, Mode, ModeSource, Role
from koba_desktop.services.changes import Topic
from koba_desktop.services.commands import (
    DiscardDraft,
    SaveDraft,
    SaveMasterData,
    SetMode,
    WithdrawMode,
)
from koba_desktop.services.drafts.keeping import open_drafts
from koba_desktop.services.ids import new_id
from koba_desktop.services.modes.history import mode_history
from koba_desktop.services.office.book import Status, office_book, office_status
from tests.unit.service_office import LONG_AGO, SmallOffice, at


def save(office: SmallOffice, *records: Changeable) -> Any:
    return office.do(SaveMasterData(records=records), by=office.administrator)


def problems(office: SmallOffice, *records: Changeable) -> list[tuple[str, str]]:
    with pytest.raises(Refused) as refused:
        save(office, *records)
    return [(p.code, p.where) for p in refused.value.problems]


# --- master data ----------------------------------------------------------------------------------


def test_an_office_names_every_wrong_field(office: SmallOffice) -> None:
    wrong = replace(
        office.one(Office),
        name=" ",
        postcode="3882",
        return_line="KoBa Job-Center · 38805 Halberstadt",
        email="halberstadt",
        district_key="1508",
    )
    assert problems(office, wrong) == [
        ("field_missing", "name"),
        ("postcode_not_german", "postcode"),
        ("return_line_tells", "return_line"),
        ("email_invalid", "email"),
        ("district_key_invalid", "district_key"),
    ]


def test_hours_must_open_before_they_close_and_not_overlap(office: SmallOffice) -> None:
    monday = office.one(OpeningHours, weekday=1, channel=Channel.TELEPHONE)
    assert problems(office, replace(monday, opens=time(16))) == [("ends_before_start", "closes")]
    second = replace(monday, id=new_id(), version=0, opens=time(15), closes=time(18))
    assert problems(office, second) == [("hours_overlap", "opens")]
    assert office.all(OpeningHours, id=second.id) == []
    save(
        office,
        replace(monday, valid_until=date(2021, 3, 31)),
        replace(second, valid_from=date(2021, 4, 1)),
    )


def test_patterns_may_overlap_in_other_weeks_only(office: SmallOffice) -> None:
    monday = office.one(WorkingPattern, staff_id=office.berger.id, weekday=1)
    other = replace(monday, id=new_id(), version=0, week_parity=1)
    assert problems(office, other) == [("hours_overlap", "starts")]
    save(office, replace(monday, week_parity=0), other)


def test_several_records_are_saved_together_or_not_at_all(office: SmallOffice) -> None:
    room = Room(id=new_id(), office_id=office.office.id, name="Hof", area=-1)
    good = replace(room, id=new_id(), name="R 1.06", area=14)
    assert problems(office, good, room) == [("not_positive", f"{room.id}.area")]
    assert len(office.all(Room)) == 1
    receipt = save(office, good, Place(id=new_id(), room_id=good.id))
    assert receipt.changes.concerns(Topic.ROOMS)
    assert receipt.undo is None
    assert len(office.all(Place)) == 2


def test_names_of_rooms_and_kinds_are_unique(office: SmallOffice) -> None:
    twin = Room(id=new_id(), office_id=office.office.id, name="R 1.04")
    assert problems(office, twin) == [("already_exists", "name")]
    kind = replace(office.kind, id=new_id(), version=0, minutes=0, channels=())
    assert problems(office, kind) == [
        ("minutes_invalid", "minutes"),
        ("channel_missing", "channels"),
        ("already_exists", "name"),
    ]


def test_an_unknown_office_is_named(office: SmallOffice) -> None:
    lost = ClosingDay(id=new_id(), office_id=new_id(), day=date(2021, 5, 14), reason="Brückentag")
    assert problems(office, lost) == [("unknown_id", "office_id")]


def test_a_setting_keeps_to_its_policy_and_takes_effect(office: SmallOffice) -> None:
    setting = Setting(id=new_id(), key="ladder.attempts", value=0, valid_from=LONG_AGO)
    assert problems(office, setting) == [("setting_range", "ladder.attempts")]
    save(office, replace(setting, value=1))
    assert office.attempt(office.task()).result["exhausted"] is True


def test_the_last_administrator_stays(office: SmallOffice) -> None:
    stored = office.one(StaffRole, role=Role.ADMINISTRATOR)
    with pytest.raises(Refused) as refused:
        office.do(SaveMasterData(removed=(stored,)), by=office.administrator)
    assert refused.value.code == "last_administrator"
    assert office.one(StaffRole, id=stored.id) == stored
    save(office, office.role(office.berger, Role.ADMINISTRATOR))
    office.do(SaveMasterData(removed=(stored,)), by=office.administrator)


def test_what_carries_history_is_not_deleted(office: SmallOffice) -> None:
    with pytest.raises(Refused) as refused:
        office.do(SaveMasterData(removed=(office.one(Room),)), by=office.administrator)
    assert refused.value.code == "has_history"


def test_stale_master_data_are_a_conflict(office: SmallOffice) -> None:
    stale = office.one(Office)
    save(office, replace(stale, phone="03941 1"))
    with pytest.raises(Conflict):
        save(office, replace(stale, phone="03941 2"))
    with pytest.raises(Conflict):
        office.do(
            SaveMasterData(removed=(replace(office.all(OpeningHours)[0], version=9),)),
            by=office.administrator,
        )


# --- mode -----------------------------------------------------------------------------------------


def close(office: SmallOffice, day: int, reason: str = "Regelung vom 29.03.2021") -> Any:
    return office.do(
        SetMode(
            office_id=office.office.id,
            mode=Mode.CLOSED,
            valid_from=at(day, 0),
            source=ModeSource.DISTRICT_ORDER,
            reason=reason,
        ),
        by=office.lead,
    ).result["mode_id"]


def status(office: SmallOffice) -> Status:
    with office.view() as view:
        return office_status(view, office.office.id)


def test_the_mode_in_force_and_the_planned_one_are_in_the_status(office: SmallOffice) -> None:
    assert (status(office).mode, status(office).mode_since) == (Mode.REGULAR, None)
    close(office, 1)
    planned = office.do(
        SetMode(
            office_id=office.office.id,
            mode=Mode.BY_APPOINTMENT,
            valid_from=at(19, 0),
            source=ModeSource.LEAD_DECISION,
            reason="Öffnung",
        ),
        by=office.lead,
    )
    assert planned.undo is None
    now = status(office)
    assert (now.mode, now.mode_reason) == (Mode.CLOSED, "Regelung vom 29.03.2021")
    assert now.mode_since == date(2021, 4, 1)
    assert (now.next_mode, now.next_mode_from) == (Mode.BY_APPOINTMENT, date(2021, 4, 19))


def test_a_planned_mode_is_withdrawn_by_a_row_that_says_so(office: SmallOffice) -> None:
    planned = close(office, 19)
    office.do(WithdrawMode(mode_id=planned, reason="Inzidenz gesunken"), by=office.lead)
    assert status(office).next_mode is None
    with office.view() as view:
        history = mode_history(view, office.office.id)
    assert [row.source for row in history] == [ModeSource.WITHDRAWAL, ModeSource.DISTRICT_ORDER]
    assert len(office.all(OperatingMode)) == 2
    with pytest.raises(Refused) as refused:
        office.do(WithdrawMode(mode_id=planned, reason="noch einmal"), by=office.lead)
    assert refused.value.code == "mode_withdrawn"


def test_a_mode_in_force_is_not_withdrawn_and_none_is_set_without_reason(
    office: SmallOffice,
) -> None:
    mode_id = close(office, 1)
    with pytest.raises(Refused) as refused:
        office.do(WithdrawMode(mode_id=mode_id, reason="Irrtum"), by=office.lead)
    assert refused.value.code == "mode_in_force"
    with pytest.raises(Refused) as refused:
        close(office, 5, reason=" ")
    assert refused.value.problems[0].where == "reason"


# --- what screens know by heart -------------------------------------------------------------------


def test_the_status_shows_the_incidence_as_first_published(office: SmallOffice) -> None:
    def value(day: int, number: float, published: int) -> IncidenceValue:
        return IncidenceValue(
            id=new_id(),
            district_key="15085",
            day=date(2021, 3, day),
            value=number,
            published_on=date(2021, 3, published),
        )

    office.put(value(30, 180.1, 30), value(31, 190.3, 31), value(31, 201.0, 31))
    assert (status(office).incidence, status(office).incidence_day) == (190.3, date(2021, 3, 31))


def test_on_a_holiday_nothing_is_collected(office: SmallOffice) -> None:
    assert status(office).collection == "14:00"
    office.clock.set(at(2, 9))  # Good Friday
    assert status(office).collection == ""


def test_the_book_holds_offices_staff_and_kinds(office: SmallOffice) -> None:
    with office.view() as view:
        book = office_book(view)
    assert [o.id for o in book.offices] == [office.office.id]
    assert [s.family_name for s in book.advisors(office.office.id, date(2021, 4, 1))] == [
        "Berger",
        "Lindner",
    ]
    assert book.kind(office.kind.id).minutes == 30
    assert not book.demo


# --- drafts ---------------------------------------------------------------------------------------


def test_a_draft_is_kept_replaced_and_discarded_by_its_author_only(office: SmallOffice) -> None:
    draft_id = new_id()
    command = SaveDraft(
        draft_id=draft_id, form="client", subject_id=office.kuhn.id, content={"name": "K"}
    )
    receipt = office.do(command)
    assert receipt.undo is None
    assert receipt.changes.topics == {Topic.DRAFTS}
    office.clock.advance(minutes=1)
    office.do(replace(command, command_id=new_id(), content={"name": "Ku"}))
    with office.view() as view:
        (draft,) = open_drafts(view)
    assert draft.content == {"name": "Ku"}
    assert draft.saved_at == at(1, 9, 13)
    with office.view(office.lindner) as view:
        assert open_drafts(view) == ()
    with pytest.raises(Refused) as refused:
        office.do(DiscardDraft(draft_id=draft_id), by=office.lindner)
    assert refused.value.code == "draft_of_another"
    office.do(DiscardDraft(draft_id=draft_id))
    office.do(DiscardDraft(draft_id=draft_id))
    assert office.all(Draft) == []
    assert office.all(AuditEvent, object_id=draft_id) == []


def test_a_row_that_is_not_there_is_not_found(office: SmallOffice) -> None:
    with pytest.raises(NotFound):
        office.do(WithdrawMode(mode_id=new_id(), reason="?"), by=office.lead)
