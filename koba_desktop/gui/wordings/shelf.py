"""All wordings as the editor lists them, and in words how each stands."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from koba_desktop.domain.entities.bookkeeping import Draft
from koba_desktop.gui.naming import member_name
from koba_desktop.gui.wordings.naming import language_title
from koba_desktop.i18n import _, formats, pgettext
from koba_desktop.i18n.words import word
from koba_desktop.services.drafts.keeping import open_drafts
from koba_desktop.services.letters.wordings import State, Version, Wording, WordingKey, wordings
from koba_desktop.services.office.book import OfficeBook
from koba_desktop.services.view import View

FORM = "wording"
"""The name the drafts of the editor carry."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """Every wording there is or could be, by kind and language, and what the viewer typed."""

    wordings: tuple[Wording, ...]
    drafts: tuple[Draft, ...] = ()

    def wording(self, which: WordingKey) -> Wording:
        found = (each for each in self.wordings if each.which == which)
        return next(found, Wording(which))


def shelf(view: View) -> Shelf:
    """All wordings with their versions, and the viewer's unfinished ones."""
    drafts = tuple(draft for draft in open_drafts(view) if draft.form == FORM)
    return Shelf(wordings(view), drafts)


def title_of(which: WordingKey) -> str:
    """ "Terminvorschlag · Ukrainisch" """
    return f"{word(which.kind)} · {language_title(which.language, which.variant)}"


def status_text(wording: Wording, today: date) -> str:
    """How a wording stands, in two or three words for the list."""
    newest = wording.newest
    match wording.state:
        case State.MISSING:
            return pgettext("wording", "missing")
        case State.OUTDATED:
            return pgettext("wording", "outdated")
        case State.UNREVIEWED:
            return pgettext("wording", "not checked")
        case State.REVIEWED:
            assert newest is not None
            assert newest.reviewed_on is not None
            return pgettext("wording", "checked {day}").format(
                day=formats.date_short(newest.reviewed_on)
            )
    assert newest is not None
    day = formats.date_short(newest.valid_from)
    if newest.valid_from > today:
        return pgettext("wording", "from {day}").format(day=day)
    return pgettext("wording", "since {day}").format(day=day)


def author_of(version: Version, book: OfficeBook) -> str:
    """Who has written a version."""
    if version.created_by is None:
        return _("the program")
    return member_name(version.created_by, book)


def full_status(
    wording: Wording,
    shipped: Mapping[str, str],
    author: Callable[[Version], str],
    today: date,
) -> str:
    """How a wording stands, in sentences."""
    newest = wording.newest
    if newest is None:
        return _("There is no text yet. Whoever speaks this language gets the German letter alone.")
    parts = [_version_sentence(newest, author(newest), today)]
    if newest is not wording.in_force and wording.in_force is not None:
        parts.append(_("Until then version {n} holds.").format(n=wording.in_force.number))
    if wording.differs(shipped):
        parts.append(_("Changed from the text of the program."))
    if wording.outdated and wording.which.binding:
        parts.append(
            _(
                "Outdated: the standard text has changed since. Letters in Easy German still say "
                "what stands here. If it still holds, save it unchanged."
            )
        )
    elif wording.outdated:
        parts.append(
            _(
                "Outdated: the German text has changed since it was translated. Letters bear it as "
                "not checked, and leave it out where its placeholders are others."
            )
        )
    if not wording.which.binding:
        parts.append(_review_sentence(newest))
    return " ".join(parts)


def _version_sentence(version: Version, author: str, today: date) -> str:
    day = formats.date_short(version.valid_from)
    text = (
        _("Version {n}, in force from {day} on, by {author}.")
        if version.valid_from > today
        else _("Version {n}, in force since {day}, by {author}.")
    )
    return text.format(n=version.number, day=day, author=author)


def _review_sentence(version: Version) -> str:
    if not version.reviewed_by or version.reviewed_on is None:
        return _("No native reader has checked it yet.")
    return _("Checked by {reviewer} on {day}.").format(
        reviewer=version.reviewed_by, day=formats.date_short(version.reviewed_on)
    )


ICONS: Mapping[State, tuple[str, str]] = {
    State.MISSING: ("minus", "text2"),
    State.OUTDATED: ("clock", "warning"),
    State.UNREVIEWED: ("warning", "warning"),
    State.REVIEWED: ("tick", "ok"),
    State.IN_FORCE: ("tick", "ok"),
    State.COMING: ("clock", "text2"),
}
"""The icon of a state and the token that colours it."""
