"""The wordings that come with the program, brought into a database."""

from collections.abc import Iterable
from datetime import date, datetime

from koba_desktop.domain.clock import day_of
from koba_desktop.domain.entities.letters import Template, TemplateVersion
from koba_desktop.domain.errors import Refused
from koba_desktop.domain.records import Record
from koba_desktop.domain.vocabulary import LetterKind, LetterVariant
from koba_desktop.services.ids import new_id
from koba_desktop.services.letters.choosing import BINDING, in_force
from koba_desktop.services.ports import Reader, Store

Wording = tuple[LetterKind, str, str, dict[str, str]]
"""Kind, language, variant, blocks."""


def lay_out_wordings(store: Store, now: datetime, wordings: Iterable[Wording]) -> int:
    """Store the shipped wordings that the database lacks, each as the next version of its template,
    in force from today; how many they were.

    A new database lacks all of them. One that an earlier program made lacks what that one did not
    know, and what has been worded anew since. What somebody wrote stays in force as it is.
    """
    shipped = sorted(wordings, key=_masters_first)
    try:
        return _laid_out(store, now, shipped)
    except Refused as error:
        if error.code != "already_exists":
            raise
        # Another program brought them at the same time: what is lacking now is none of them.
        return _laid_out(store, now, shipped)


def is_master(language: str, variant: str) -> bool:
    """Whether translations are made from it."""
    return (language, variant) == (BINDING, LetterVariant.STANDARD)


def _masters_first(wording: Wording) -> tuple[bool, str, str, str]:
    kind, language, variant, _blocks = wording
    return not is_master(language, variant), kind, language, variant


def _laid_out(store: Store, now: datetime, shipped: list[Wording]) -> int:
    with store.reading() as reader:
        if not _Shelf(reader, day_of(now)).lacking(shipped):
            return 0
    with store.writing(by=None, now=now) as uow:
        shelf = _Shelf(uow, day_of(now))
        missing = shelf.lacking(shipped)
        for record in missing:
            uow.add(record)
    return sum(isinstance(record, TemplateVersion) for record in missing)


class _Shelf:
    """The wordings of a database, and what of the shipped ones it lacks."""

    def __init__(self, reader: Reader, today: date) -> None:
        self._today = today
        self._templates = {
            (one.kind, one.language, one.variant): one for one in reader.find(Template)
        }
        self._versions: dict[tuple[LetterKind, str, str], list[TemplateVersion]] = {}
        known = {one.id: key for key, one in self._templates.items()}
        for version in reader.find(TemplateVersion, order_by="number"):
            self._versions.setdefault(known[version.template_id], []).append(version)

    def lacking(self, shipped: list[Wording]) -> list[Record]:
        """Templates and versions to add; the German ones come first in ``shipped``."""
        records: list[Record] = []
        masters = {
            kind: blocks
            for kind, language, variant, blocks in shipped
            if is_master(language, variant)
        }
        for kind, language, variant, blocks in shipped:
            key = (kind, language, variant)
            versions = self._versions.setdefault(key, [])
            standard = is_master(language, variant)
            master = None if standard else self._master(kind)
            if language == BINDING and versions and versions[-1].translates_id is None:
                master = None  # an earlier program stored it: nobody knows what it follows
            if versions and not _outdated(versions, blocks, master):
                continue
            template = self._templates.get(key)
            if template is None:
                template = Template(id=new_id(), kind=kind, language=language, variant=variant)
                self._templates[key] = template
                records.append(template)
            made_from = None if standard else self._made_from(kind, masters.get(kind, {}))
            version = TemplateVersion(
                id=new_id(),
                template_id=template.id,
                number=versions[-1].number + 1 if versions else 1,
                blocks=blocks,
                valid_from=self._today,
                translates_id=made_from.id if made_from is not None else None,
            )
            versions.append(version)
            records.append(version)
        return records

    def _german(self, kind: LetterKind) -> list[TemplateVersion]:
        return self._versions.get((kind, BINDING, LetterVariant.STANDARD.value), [])

    def _master(self, kind: LetterKind) -> TemplateVersion | None:
        return in_force(self._german(kind), self._today)

    def _made_from(self, kind: LetterKind, words: dict[str, str]) -> TemplateVersion | None:
        """What a translation, or a text in Leichte Sprache, that comes with the program is of: the
        standard German text in force where that is the program's, never what somebody else wrote;
        ``words`` are the program's own."""
        master = self._master(kind)
        if master is None or master.created_by is None:
            return master
        own = (each for each in reversed(self._german(kind)) if each.created_by is None)
        return next((each for each in own if each.blocks == words), None)


def _outdated(
    versions: list[TemplateVersion], blocks: dict[str, str], master: TemplateVersion | None
) -> bool:
    """Whether the program itself wrote the newest and has other words by now, or the same for a
    German text it wrote anew. What it gave up is not brought again: an older program may open the
    same database."""
    newest = versions[-1]
    if newest.created_by is not None:
        return False
    if newest.blocks != blocks:
        return all(each.created_by is not None or each.blocks != blocks for each in versions)
    return master is not None and master.created_by is None and newest.translates_id != master.id
