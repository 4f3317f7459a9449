"""What a command is called where it is taken back: "Rückgängig: Termin verschieben"."""

from koba_desktop.i18n import _


def undo_name(label: str) -> str:
    """``label`` is the name of the command's class (``UndoPlan.label``); "" for an unknown one."""
    return {
        "RecordAttempt": _("Contact attempt"),
        "NoteAttempt": _("Note of the attempt"),
        "CreateCallTask": _("Note a callback"),
        "CloseCallTask": _("Close the call task"),
        "ProposeByLetter": _("Propose by letter"),
        "MarkMailReturned": _("Letter came back"),
        "SaveClient": _("Save the client"),
        "BookAppointment": _("Book the appointment"),
        "Reschedule": _("Move the appointment"),
        "ChangeDetails": _("Change the appointment"),
        "SetAppointmentState": _("State of the appointment"),
        "CancelAppointment": _("Cancel the appointment"),
        "CreateLetter": _("Create the letter"),
        "WriteLetter": _("Write the letter"),
        "ResendLetter": _("Send the letter again"),
        "MoveByLetter": _("Move the appointment by letter"),
        "RecordAnswer": _("Note the answer"),
        "MarkPosted": _("Post the letters"),
        "HoldLetter": _("Hold the letter"),
        "ReleaseLetter": _("Release the letter"),
        "VoidLetter": _("Discard the letter"),
        "ArriveVisitor": _("Visitor arrived"),
        "CheckVisitor": _("Check the visitor"),
        "CallAdvisor": _("Call the advisor"),
        "LeaveWaiting": _("Left without a talk"),
        "EnterRoom": _("Check in"),
        "VacateRoom": _("Vacate the room"),
        "MarkAired": _("Room is aired"),
        "MarkCleaned": _("Room is cleaned"),
        "MoveBooking": _("Move to another place"),
        "AssignPlace": _("Assign a place"),
        "CloseRoom": _("Close the room"),
        "ReopenRoom": _("Release the room"),
        "AssignEmergency": _("Admit the emergency"),
        "RefuseVisit": _("Refuse the visit"),
        "SetMode": _("Set the operating mode"),
        "WithdrawMode": _("Withdraw the operating mode"),
        "SaveMasterData": _("Save the administration"),
    }.get(label, "")
