"""All commands, by capability. A command is what the user wants; one transaction carries it out.

Each carries the id its form was opened with: a repeat after a lost answer returns the first
result. ``version`` is the version of the row the user saw.
"""

from koba_desktop.services.commands.appointments import (
    BookAppointment,
    CancelAppointment,
    ChangeDetails,
    Details,
    HoldSlot,
    ReleaseSlot,
    Reschedule,
    SetAppointmentState,
)
from koba_desktop.services.commands.base import Command, Override
from koba_desktop.services.commands.clients import ClientProfile, SaveClient, ViewBlockedAddress
from koba_desktop.services.commands.contacts import (
    CloseCallTask,
    CreateCallTask,
    MarkMailReturned,
    NoteAttempt,
    ProposeByLetter,
    RecordAttempt,
)
from koba_desktop.services.commands.drafts import DiscardDraft, SaveDraft, Step, Undo, UndoPlan
from koba_desktop.services.commands.leaving import LetterOut, NoteLettersOut, NotePaper
from koba_desktop.services.commands.letters import (
    ClaimLetters,
    CreateLetter,
    HoldLetter,
    MarkPosted,
    MarkPrinted,
    MoveByLetter,
    PrintedLetter,
    RecordAnswer,
    ReleaseClaims,
    ReleaseLetter,
    ResendLetter,
    ReviewWording,
    SaveWording,
    SeenLetter,
    VoidLetter,
    WriteLetter,
)
from koba_desktop.services.commands.office import SaveMasterData, SetMode, WithdrawMode

__all__ = [
    "BookAppointment",
    "CancelAppointment",
    "ChangeDetails",
    "ClaimLetters",
    "ClientProfile",
    "CloseCallTask",
    "Command",
    "CreateCallTask",
    "CreateLetter",
    "Details",
    "DiscardDraft",
    "HoldLetter",
    "HoldSlot",
    "LetterOut",
    "MarkMailReturned",
    "MarkPosted",
    "MarkPrinted",
    "MoveByLetter",
    "NoteAttempt",
    "NoteLettersOut",
    "NotePaper",
    "Override",
    "PrintedLetter",
    "ProposeByLetter",
    "RecordAnswer",
    "RecordAttempt",
    "ReleaseClaims",
    "ReleaseLetter",
    "ReleaseSlot",
    "Reschedule",
    "ResendLetter",
    "ReviewWording",
    "SaveClient",
    "SaveDraft",
    "SaveMasterData",
    "SaveWording",
    "SeenLetter",
    "SetAppointmentState",
    "SetMode",
    "Step",
    "Undo",
    "UndoPlan",
    "ViewBlockedAddress",
    "VoidLetter",
    "WithdrawMode",
    "WriteLetter",
]
