"""Which handler carries out which command."""

from koba_desktop.services import commands as c
from koba_desktop.services.appointments.booking import book_appointment
from koba_desktop.services.appointments.holding import hold_slot, release_slot
from koba_desktop.services.appointments.rescheduling import reschedule
from koba_desktop.services.appointments.states import (
    cancel_appointment,
    change_details,
    set_appointment_state,
)
from koba_desktop.services.audit.exporting import ExportAudit, export_audit
from koba_desktop.services.audit.leaving import note_letters_out, note_paper
from koba_desktop.services.clients.blocked import view_blocked_address
from koba_desktop.services.clients.importing import ImportClients, import_clients
from koba_desktop.services.clients.saving import save_client
from koba_desktop.services.commands import door as d
from koba_desktop.services.contacts.proposing import propose_by_letter
from koba_desktop.services.contacts.recording import note_attempt, record_attempt
from koba_desktop.services.contacts.returned_mail import mark_mail_returned
from koba_desktop.services.contacts.tasks import close_call_task, create_call_task
from koba_desktop.services.drafts.keeping import discard_draft, save_draft
from koba_desktop.services.emergency.assigning import assign_emergency, refuse_visit
from koba_desktop.services.letters.answering import record_answer
from koba_desktop.services.letters.authoring import review_wording, save_wording
from koba_desktop.services.letters.claiming import claim_letters, mark_printed, release_claims
from koba_desktop.services.letters.moving import move_by_letter
from koba_desktop.services.letters.states import (
    hold_letter,
    mark_posted,
    release_letter,
    void_letter,
)
from koba_desktop.services.letters.writing import create_letter, resend_letter, write_letter
from koba_desktop.services.modes.deciding import set_mode, withdraw_mode
from koba_desktop.services.office.master_data import save_master_data
from koba_desktop.services.reception.arriving import (
    arrive_visitor,
    call_advisor,
    check_visitor,
    leave_waiting,
)
from koba_desktop.services.rooms.closing import close_room, reopen_room
from koba_desktop.services.rooms.moving import assign_place, move_to
from koba_desktop.services.rooms.using import enter_room, mark_aired, mark_cleaned, vacate_room
from koba_desktop.services.undo import take_back
from koba_desktop.services.work import Handler

_HANDLERS: dict[type[c.Command], Handler] = {
    c.RecordAttempt: record_attempt,
    c.NoteAttempt: note_attempt,
    c.CreateCallTask: create_call_task,
    c.CloseCallTask: close_call_task,
    c.ProposeByLetter: propose_by_letter,
    c.MarkMailReturned: mark_mail_returned,
    c.BookAppointment: book_appointment,
    c.Reschedule: reschedule,
    c.ChangeDetails: change_details,
    c.SetAppointmentState: set_appointment_state,
    c.CancelAppointment: cancel_appointment,
    c.HoldSlot: hold_slot,
    c.ReleaseSlot: release_slot,
    c.CreateLetter: create_letter,
    c.WriteLetter: write_letter,
    c.ResendLetter: resend_letter,
    c.MoveByLetter: move_by_letter,
    c.RecordAnswer: record_answer,
    c.ClaimLetters: claim_letters,
    c.ReleaseClaims: release_claims,
    c.MarkPrinted: mark_printed,
    c.MarkPosted: mark_posted,
    c.HoldLetter: hold_letter,
    c.ReleaseLetter: release_letter,
    c.VoidLetter: void_letter,
    c.SaveWording: save_wording,
    c.ReviewWording: review_wording,
    c.SaveClient: save_client,
    c.ViewBlockedAddress: view_blocked_address,
    ImportClients: import_clients,
    c.SaveMasterData: save_master_data,
    c.SetMode: set_mode,
    c.WithdrawMode: withdraw_mode,
    c.SaveDraft: save_draft,
    c.DiscardDraft: discard_draft,
    ExportAudit: export_audit,
    c.NoteLettersOut: note_letters_out,
    c.NotePaper: note_paper,
    d.ArriveVisitor: arrive_visitor,
    d.CheckVisitor: check_visitor,
    d.CallAdvisor: call_advisor,
    d.LeaveWaiting: leave_waiting,
    d.EnterRoom: enter_room,
    d.VacateRoom: vacate_room,
    d.MarkAired: mark_aired,
    d.MarkCleaned: mark_cleaned,
    d.MoveBooking: move_to,
    d.AssignPlace: assign_place,
    d.CloseRoom: close_room,
    d.ReopenRoom: reopen_room,
    d.AssignEmergency: assign_emergency,
    d.RefuseVisit: refuse_visit,
    c.Undo: take_back,
}


def handler_of(command: c.Command) -> Handler:
    """The handler of a command's class. A class without one is a bug (KeyError)."""
    return _HANDLERS[type(command)]
