"""What the kinds and states of letters mean for the work."""

from koba_desktop.domain.vocabulary import LetterKind, LetterState

ASKS_FOR_ANSWER = frozenset(
    {
        LetterKind.TELEPHONE_PROPOSAL,
        LetterKind.CHANGED_TELEPHONE,
        LetterKind.CONVERSION,
        LetterKind.PERSONAL,
        LetterKind.OPENING,
        LetterKind.POSTPONEMENT,
    }
)
"""Kinds with a day until which the client may ask for another time."""

TELLS_A_TIME = ASKS_FOR_ANSWER | {LetterKind.SUMMONS}
"""Kinds by which the client learns of a time: it must not be before the earliest day by post."""

UNPRINTED = (LetterState.PENDING, LetterState.HELD)
PAPER = (LetterState.PRINTED, LetterState.POSTED)
