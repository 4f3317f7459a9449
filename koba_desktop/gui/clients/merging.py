"""Two people changed the same client: what fits together is merged, the rest is asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from koba_desktop.gui.clients.profile_text import Content


@dataclass(frozen=True, slots=True)
class Clash:
    """A field that both changed, and not alike."""

    field: str
    base: Any
    mine: Any
    theirs: Any


@dataclass(frozen=True, slots=True)
class Merge:
    """``content`` holds both people's changes; of the clashing fields it holds mine until
    somebody chooses."""

    content: Content
    clashes: tuple[Clash, ...]
    from_theirs: tuple[str, ...]  # fields taken over from the other


def merge(base: Content, mine: Content, theirs: Content) -> Merge:
    """Three-way, field by field; phone numbers row by row."""
    merged: Content = {}
    clashes: list[Clash] = []
    taken: list[str] = []
    for field in base:
        was, my, their = base[field], mine[field], theirs[field]
        if my in (was, their):
            merged[field] = their
            if their != was and my != their:
                taken.append(field)
        elif their == was:
            merged[field] = my
        else:
            rows = _merged_rows(was, my, their) if field == "phones" else None
            merged[field] = my if rows is None else rows
            if rows is None:
                clashes.append(Clash(field, was, my, their))
            else:
                taken.append(field)
    return Merge(merged, tuple(clashes), tuple(taken))


def _merged_rows(
    was: list[Mapping[str, Any]], my: list[Mapping[str, Any]], their: list[Mapping[str, Any]]
) -> list[Mapping[str, Any]] | None:
    """The rows of both, or None where both changed the same row or one removed what the other
    changed."""
    before, mine, theirs = ({row["id"]: row for row in rows} for rows in (was, my, their))
    rows: list[Mapping[str, Any]] = []
    for row_id in dict.fromkeys([*mine, *theirs, *before]):
        old, my_row, their_row = before.get(row_id), mine.get(row_id), theirs.get(row_id)
        if my_row == old:
            chosen = their_row
        elif their_row in (old, my_row):
            chosen = my_row
        else:
            return None
        if chosen is not None:
            rows.append(chosen)
    return rows
