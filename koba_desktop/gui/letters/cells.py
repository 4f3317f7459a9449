"""What the lines of the outbox say: titles of piles, cells, and the sentence a letter is in all."""

from datetime import date

from koba_desktop.gui.letters.piles import Column, Pile, language_text
from koba_desktop.gui.letters.problems import problem_text
from koba_desktop.i18n import _, formats
from koba_desktop.i18n.words import word
from koba_desktop.services.letters.outbox import BEING_PRINTED, PERHAPS_PRINTED, OutboxItem


def pile_title(pile: Pile) -> str:
    return {
        Pile.CLARIFY: _("To clarify"),
        Pile.PRINT: _("To print"),
        Pile.POST: _("Printed, not yet posted"),
        Pile.OPEN: _("Posted, answer awaited"),
        Pile.ANSWERED: _("Answered"),
        Pile.POSTED: _("Posted, no answer needed"),
    }[pile]


def column_title(column: Column) -> str:
    return {
        Column.TICK: "",
        Column.RECIPIENT: _("Recipient"),
        Column.KIND: _("Kind of letter"),
        Column.APPOINTMENT: _("Appointment"),
        Column.LANGUAGE: _("Language"),
        Column.ADVISOR: _("Advisor"),
        Column.STATE: _("State"),
    }[column]


def cell_text(
    pile: Pile, item: OutboxItem, column: Column, today: date, fits: bool | None = None
) -> str:
    """What one cell says; the tick says nothing, and how the advisor is called others know.
    ``fits``: what a trial of a letter that is to be printed found, None before it."""
    row = item.row
    if column is Column.RECIPIENT:
        if row.represented:
            return _("{name} · representative").format(name=row.recipient)
        return row.recipient
    if column is Column.KIND:
        return word(row.kind)
    if column is Column.APPOINTMENT:
        return formats.moment_numeric(row.letter_starts) if row.letter_starts else "–"
    if column is Column.LANGUAGE:
        return language_text(row)
    if column is Column.STATE:
        return _state(pile, item, today, fits)
    return ""


def spoken(pile: Pile, item: OutboxItem, today: date, fits: bool | None = None) -> str:
    """The letter in one sentence, for a screen reader."""
    columns = (column for column in Column if column not in (Column.TICK, Column.ADVISOR))
    parts = [cell_text(pile, item, column, today, fits) for column in columns]
    if item.problem is not None:
        parts.append(problem_text(item))
    return ", ".join(parts)


def _state(pile: Pile, item: OutboxItem, today: date, fits: bool | None) -> str:
    row = item.row
    if item.problem == BEING_PRINTED:
        return _("being printed")
    if item.problem == PERHAPS_PRINTED:
        return _("printed?")
    if pile is Pile.CLARIFY or (pile is Pile.PRINT and fits is False):
        return _("not printable")
    if pile is Pile.PRINT and fits:
        return _("checked")
    if pile is Pile.POST and row.printed_at:
        return formats.past_moment(row.printed_at, today)
    if pile is Pile.ANSWERED and row.answer is not None:
        return word(row.answer)
    if row.posted_on:
        return formats.past_day(row.posted_on, today)
    return _("ready")
