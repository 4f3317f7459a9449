"""All wordings of letters with their versions: what the editor lists, and how each stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from koba_desktop.domain.entities.letters import Template, TemplateReview, TemplateVersion
from koba_desktop.domain.vocabulary import Language, LetterKind, LetterVariant
from koba_desktop.services.letters.choosing import BINDING, in_force, is_of
from koba_desktop.services.letters.kinds import TRANSLATED
from koba_desktop.services.view import View


class WordingKey(NamedTuple):
    """Which wording it is."""

    kind: LetterKind
    language: str
    variant: str

    @property
    def binding(self) -> bool:
        """Whether it is German: no translation."""
        return self.language == BINDING

    @property
    def master(self) -> "WordingKey":
        """The German standard wording of the kind: translations and Leichte Sprache say the same
        in other words."""
        return WordingKey(self.kind, BINDING, LetterVariant.STANDARD.value)

    @property
    def is_master(self) -> bool:
        return self == self.master


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
    """All versions of one wording, the newest first. ``outdated``: on some day from today on it
    does not follow the standard German text of that day."""

    which: WordingKey
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
        if self.outdated:
            return State.OUTDATED
        if self.which.binding:
            return State.IN_FORCE if self.in_force is not None else State.COMING
        return State.REVIEWED if newest.reviewed_by else State.UNREVIEWED

    def review_of(self, blocks: Mapping[str, str]) -> tuple[str, date] | None:
        """Who has checked this text and when, as letters say it; None where nobody has, or of a
        translation that is outdated."""
        if self.outdated:
            return None
        same = next((each for each in self.versions if dict(each.blocks) == dict(blocks)), None)
        if same is None or same.reviewed_on is None:
            return None
        return same.reviewed_by, same.reviewed_on

    def differs(self, shipped: Mapping[str, str]) -> bool:
        """Whether the newest version says something else than what the program brings."""
        return self.newest is not None and dict(self.newest.blocks) != dict(shipped)


def wording_keys() -> tuple[WordingKey, ...]:
    """What there is to word: each kind in German and Leichte Sprache, and in the languages of
    those a client must act on."""
    found = []
    for kind in LetterKind:
        for language in Language:
            easy = language is Language.DE_EASY
            if language is Language.DE or easy or kind in TRANSLATED:
                variant = LetterVariant.EASY if easy else LetterVariant.STANDARD
                found.append(WordingKey(kind, BINDING if easy else language.value, variant.value))
    return tuple(found)


def wordings(view: View) -> tuple[Wording, ...]:
    """Every wording there is or could be, by kind and language."""
    reader = view.reader.ahead(
        lambda ask: (
            ask.find(Template),
            ask.find(TemplateVersion),
            ask.find(TemplateReview, order_by="created_at"),
        )
    )
    templates = {WordingKey(t.kind, t.language, t.variant): t for t in reader.find(Template)}
    versions: dict[UUID, list[TemplateVersion]] = {}
    for version in reader.find(TemplateVersion):
        versions.setdefault(version.template_id, []).append(version)
    reviews: dict[UUID, TemplateReview] = {}
    for review in reader.find(TemplateReview, order_by="created_at"):
        reviews[review.template_version_id] = review
    known = dict.fromkeys([*wording_keys(), *templates])
    masters = {
        which.kind: versions.get(template.id, [])
        for which, template in templates.items()
        if which.is_master
    }
    return tuple(
        _wording(which, templates.get(which), versions, reviews, masters, view.today)
        for which in known
    )


def _wording(
    which: WordingKey,
    template: Template | None,
    versions: Mapping[UUID, list[TemplateVersion]],
    reviews: Mapping[UUID, TemplateReview],
    masters: Mapping[LetterKind, list[TemplateVersion]],
    today: date,
) -> Wording:
    if template is None:
        return Wording(which)
    stored = versions.get(template.id, [])
    own = {each.id: _version(each, reviews.get(each.id)) for each in stored}
    valid = in_force(stored, today)
    german = [] if which.is_master else masters.get(which.kind, [])
    return Wording(
        which,
        template.id,
        tuple(sorted(own.values(), key=lambda each: -each.number)),
        own[valid.id] if valid is not None else None,
        is_outdated(which, stored, german, today),
    )


def is_outdated(
    which: WordingKey,
    versions: Sequence[TemplateVersion],
    german: Sequence[TemplateVersion],
    today: date,
) -> bool:
    """Whether a translation, or a text in Leichte Sprache, and the standard German wording part on
    a day from today on: on one on which a version comes into force.

    Of a text in Leichte Sprache that an earlier program stored nobody knows what it follows: it
    counts as up to date until it is saved again.
    """
    coming = {each.valid_from for each in (*versions, *german) if each.valid_from > today}
    known = {each.id: each for each in german}
    for day in (today, *coming):
        version, master = in_force(versions, day), in_force(german, day)
        if version is None or master is None or (which.binding and version.translates_id is None):
            continue
        if not is_of(version, master, known.__getitem__):
            return True
    return False


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
