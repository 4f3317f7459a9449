"""What two wordings differ in: block by block, and in a block word by word."""

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

_PIECES = re.compile(r"<[^<>]*>|\{[^{}]*\}|\w+|\s+|[^\w\s]")


class Change(Enum):
    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words, and what became of them."""

    change: Change
    text: str


@dataclass(frozen=True, slots=True)
class BlockChange:
    """A block that reads otherwise, or is there in one of the wordings only."""

    key: str
    pieces: tuple[Piece, ...]


def changes(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[BlockChange, ...]:
    """The blocks that differ, in the order of the later wording."""
    keys = [*after, *(key for key in before if key not in after)]
    return tuple(
        BlockChange(key, words(before.get(key, ""), after.get(key, "")))
        for key in keys
        if before.get(key, "") != after.get(key, "")
    )


def everything(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[BlockChange, ...]:
    """All blocks, also those that read alike."""
    keys = [*after, *(key for key in before if key not in after)]
    return tuple(
        BlockChange(key, words(before.get(key, ""), after.get(key, "")))
        for key in keys
        if before.get(key) or after.get(key)
    )


def words(before: str, after: str) -> tuple[Piece, ...]:
    """Word by word, the removed ones before those in their place. Tags and placeholders are one
    word each; a space between two changes counts with them, so that no confetti is left."""
    old, new = _PIECES.findall(before), _PIECES.findall(after)
    pieces: list[Piece] = []
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for kind, i, j, k, end in matcher.get_opcodes():
        if kind == "equal":
            pieces.append(Piece(Change.SAME, "".join(old[i:j])))
        else:
            pieces += _changed("".join(old[i:j]), "".join(new[k:end]))
    return _joined(pieces)


def _changed(gone: str, new: str) -> list[Piece]:
    both = [Piece(Change.GONE, gone), Piece(Change.NEW, new)]
    return [piece for piece in both if piece.text]


def _joined(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """A single space between two changes goes with both of them."""
    gone = new = ""
    joined: list[Piece] = []
    for at, piece in enumerate(pieces):
        between = gone or new
        follows = at + 1 < len(pieces)
        if piece.change is Change.SAME and not (between and follows and not piece.text.strip()):
            joined += [*_changed(gone, new), piece]
            gone = new = ""
            continue
        gone += piece.text if piece.change is not Change.NEW else ""
        new += piece.text if piece.change is not Change.GONE else ""
    return (*joined, *_changed(gone, new))
