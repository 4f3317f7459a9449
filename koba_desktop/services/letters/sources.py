"""What letters are rendered from: frozen data, the wordings they were made with, the review of a
translation as it stands now."""

from uuid import UUID

from koba_desktop.domain.entities.letters import Letter, TemplateReview, TemplateVersion
from koba_desktop.services.office.demo import is_demo
from koba_desktop.services.ports import CourtesyText, LetterSource, Reader


class Sources:
    """For the letters of one query: thousands of them share a few wordings."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._demo = is_demo(reader)
        self._blocks: dict[UUID, dict[str, str]] = {}
        self._translations: dict[UUID, CourtesyText] = {}

    def of(self, letter: Letter) -> LetterSource:
        return LetterSource(
            kind=letter.kind,
            blocks=self._wording(letter.template_version_id),
            data=letter.data,
            variant=letter.variant,
            translation=self._translation(letter),
            demo=self._demo,
        )

    def _wording(self, version_id: UUID) -> dict[str, str]:
        if version_id not in self._blocks:
            self._blocks[version_id] = self._reader.get(TemplateVersion, version_id).blocks
        return self._blocks[version_id]

    def _translation(self, letter: Letter) -> CourtesyText | None:
        version_id = letter.translation_version_id
        if version_id is None:
            return None
        if version_id not in self._translations:
            review = latest_review(self._reader, version_id)
            self._translations[version_id] = CourtesyText(
                language=letter.language,
                blocks=self._wording(version_id),
                reviewed_by=review.reviewed_by if review is not None else "",
                reviewed_on=review.reviewed_on if review is not None else None,
            )
        return self._translations[version_id]


def latest_review(reader: Reader, version_id: UUID) -> TemplateReview | None:
    """By whom a translation was confirmed last; None: by nobody."""
    found = reader.find(
        TemplateReview, template_version_id=version_id, order_by="-created_at", limit=1
    )
    return found[0] if found else None
