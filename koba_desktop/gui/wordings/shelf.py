"""All wordings as the editor lists them: their versions, and how each stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from koba_desktop.domain.entities.bookkeeping import Draft
from koba_desktop.domain.entities.letters import Template, TemplateReview, TemplateVersion
from koba_desktop.domain.vocabulary import Language, LetterKind, LetterVariant
from koba_desktop.gui.wordings.naming import language_title
from koba_desktop.i18n import _, formats, pgettext
from koba_desktop.i18n.words import word
from koba_desktop.services.drafts.keeping import open_drafts
from koba_desktop.services.letters.choosing import in_force
from koba_desktop.services.letters.kinds import TRANSLATED
from koba_desktop.services.view import View

GERMAN = Language.DE.value


class Address(NamedTuple):
    """Which wording it is."""

    kind: LetterKind
    language: str
    variant: str

    @property
    def binding(self) -> bool:
        """Whether it is German: no translation."""
        return self.language == GERMAN

    @property
    def master(self) -> "Address":
        """The German standard wording of the kind."""
        return Address(self.kind, GERMAN, LetterVariant.STANDARD.value)

    def title(self) -> str:
        """ "Terminvorschlag · Ukrainisch" """
        return f"{word(self.kind)} · {language_title(self.language, self.variant)}"


@dataclass(frozen=True, slots=True)
class Version:
    """One version with its review, where a native reader has confirmed it."""

    id: UUID
    number: int
    blocks: Mapping[str, str]
    valid_from: date
    created_at: datetime | None = None
    created_by: UUID | None = None
    translates_id: UUID | None = None
    reviewed_by: str = ""
    reviewed_on: date | None = None


class State(StrEnum):
    """How a wording stands, the worst first."""

    MISSING = "missing"
    OUTDATED = "outdated"
    UNREVIEWED = "unreviewed"
    REVIEWED = "reviewed"
    IN_FORCE = "in_force"  # German: needs no review
    COMING = "coming"  # no version is in force yet


@dataclass(frozen=True, slots=True)
class Wording:
    """All versions of one wording, the newest first. ``outdated``: the German text has changed
    since the newest was translated."""

    address: Address
    template_id: UUID | None = None
    versions: tuple[Version, ...] = ()
    in_force: Version | None = None
    outdated: bool = False

    @property
    def newest(self) -> Version | None:
        return self.versions[0] if self.versions else None

    @property
    def state(self) -> State:
        newest = self.newest
        if newest is None:
            return State.MISSING
        if self.address.binding:
            return State.IN_FORCE if self.in_force is not None else State.COMING
        if self.outdated:
            return State.OUTDATED
        return State.REVIEWED if newest.reviewed_by else State.UNREVIEWED

    def differs(self, shipped: Mapping[str, str]) -> bool:
        """Whether the newest version says something else than what the program brings."""
        return self.newest is not None and dict(self.newest.blocks) != dict(shipped)


@dataclass(frozen=True, slots=True)
class Shelf:
    """Every wording there is or could be, by kind and language, and what the viewer typed."""

    wordings: tuple[Wording, ...]
    drafts: tuple[Draft, ...] = ()

    def wording(self, address: Address) -> Wording:
        found = (each for each in self.wordings if each.address == address)
        return next(found, Wording(address))


def addresses() -> tuple[Address, ...]:
    """What there is to word: each kind in German and Leichte Sprache, and in the languages of
    those a client must act on."""
    found = []
    for kind in LetterKind:
        for language in Language:
            easy = language is Language.DE_EASY
            if language is Language.DE or easy or kind in TRANSLATED:
                variant = LetterVariant.EASY if easy else LetterVariant.STANDARD
                found.append(Address(kind, GERMAN if easy else language.value, variant.value))
    return tuple(found)


def shelf(view: View) -> Shelf:
    """All wordings with their versions, and the viewer's unfinished ones."""
    reader = view.reader
    templates = {Address(t.kind, t.language, t.variant): t for t in reader.find(Template)}
    versions: dict[UUID, list[TemplateVersion]] = {}
    for version in reader.find(TemplateVersion):
        versions.setdefault(version.template_id, []).append(version)
    reviews: dict[UUID, TemplateReview] = {}
    for review in reader.find(TemplateReview, order_by="created_at"):
        reviews[review.template_version_id] = review
    known = dict.fromkeys([*addresses(), *templates])
    masters = {
        address.kind: _newest(versions.get(template.id, ()))
        for address, template in templates.items()
        if address == address.master
    }
    return Shelf(
        tuple(
            _wording(address, templates.get(address), versions, reviews, masters, view.today)
            for address in known
        ),
        tuple(draft for draft in open_drafts(view) if draft.form == "wording"),
    )


def _newest(versions: "list[TemplateVersion] | tuple[()]") -> TemplateVersion | None:
    return max(versions, key=lambda version: version.number, default=None)


def _wording(
    address: Address,
    template: Template | None,
    versions: Mapping[UUID, list[TemplateVersion]],
    reviews: Mapping[UUID, TemplateReview],
    masters: Mapping[LetterKind, TemplateVersion | None],
    today: date,
) -> Wording:
    if template is None:
        return Wording(address)
    own = {v.id: _version(v, reviews.get(v.id)) for v in versions.get(template.id, [])}
    valid = in_force(versions.get(template.id, []), today)
    newest = _newest(versions.get(template.id, ()))
    master = masters.get(address.kind)
    outdated = (
        not address.binding
        and newest is not None
        and master is not None
        and newest.translates_id != master.id
    )
    return Wording(
        address,
        template.id,
        tuple(sorted(own.values(), key=lambda each: -each.number)),
        own[valid.id] if valid is not None else None,
        outdated,
    )


def _version(version: TemplateVersion, review: TemplateReview | None) -> Version:
    return Version(
        version.id,
        version.number,
        version.blocks,
        version.valid_from,
        version.created_at,
        version.created_by,
        version.translates_id,
        review.reviewed_by if review is not None else "",
        review.reviewed_on if review is not None else None,
    )


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


def full_status(wording: Wording, shipped: Mapping[str, str], author: str, today: date) -> str:
    """How a wording stands, in sentences."""
    newest = wording.newest
    if newest is None:
        return _("There is no text yet. Whoever speaks this language gets the German letter alone.")
    parts = [_version_sentence(newest, author, today)]
    if newest is not wording.in_force and wording.in_force is not None:
        parts.append(_("Until then version {n} holds.").format(n=wording.in_force.number))
    if wording.differs(shipped):
        parts.append(_("Changed from the text of the program."))
    if wording.outdated:
        parts.append(_("Outdated: the German text has changed since it was translated."))
    if not wording.address.binding:
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
    return _("Checked by {name} on {day}.").format(
        name=version.reviewed_by, day=formats.date_short(version.reviewed_on)
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
