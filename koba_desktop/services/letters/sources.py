"""What letters are rendered from: frozen data, the wordings they were made with, the review of a
translation as it stands, or stood when the letter was printed."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from koba_desktop.domain.entities.letters import Letter, TemplateReview, TemplateVersion
from koba_desktop.domain.vocabulary import LetterVariant
from koba_desktop.services.letters.choosing import follows_former, is_of
from koba_desktop.services.office.demo import is_demo
from koba_desktop.services.ports import CourtesyText, LetterSource, Reader


class Sources:
    """For the letters of one query: thousands of them share a few wordings."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._demo = is_demo(reader)
        self._versions: dict[UUID, TemplateVersion] = {}
        self._reviews: dict[UUID, list[TemplateReview]] = {}
        self._outdated: dict[UUID, bool] = {}

    def of(self, letter: Letter) -> LetterSource:
        return LetterSource(
            kind=letter.kind,
            blocks=self._version(letter.template_version_id).blocks,
            data=letter.data,
            variant=letter.variant,
            translation=self._translation(letter),
            demo=self._demo,
        )

    def outdated(self, letter: Letter, day: date) -> bool:
        """Whether a letter in Leichte Sprache follows another standard text than that of a day."""
        if letter.variant != LetterVariant.EASY:
            return False
        version = self._version(letter.template_version_id)
        if version.id not in self._outdated:
            self._outdated[version.id] = follows_former(
                self._reader, letter.kind, version, day, self._version
            )
        return self._outdated[version.id]

    def _version(self, version_id: UUID) -> TemplateVersion:
        if version_id not in self._versions:
            self._versions[version_id] = self._reader.get(TemplateVersion, version_id)
        return self._versions[version_id]

    def _translation(self, letter: Letter) -> CourtesyText | None:
        if letter.translation_version_id is None:
            return None
        version = self._version(letter.translation_version_id)
        if version.id not in self._reviews:
            self._reviews[version.id] = reviews_of(self._reader, version.id)
        printed = letter.printed_at
        reviews = (
            each
            for each in self._reviews[version.id]
            if printed is None or each.created_at is None or each.created_at <= printed
        )
        holds = is_of(version, self._version(letter.template_version_id), self._version)
        return courtesy_text(letter.language, version, reviews if holds else ())


def courtesy_text(
    language: str, version: TemplateVersion, reviews: Iterable[TemplateReview]
) -> CourtesyText:
    """A translation beside a German version; ``reviews`` are its own, the latest first, none where
    it is of another German text (``is_of``): who confirmed it did so beside that one."""
    review = next(iter(reviews), None)
    if review is None:
        return CourtesyText(language, version.blocks)
    return CourtesyText(language, version.blocks, review.reviewed_by, review.reviewed_on)


def reviews_of(reader: Reader, version_id: UUID) -> list[TemplateReview]:
    """By whom a translation was confirmed, the latest first."""
    return reader.find(TemplateReview, template_version_id=version_id, order_by="-created_at")
