"""What every new database holds before an office is named: the wordings of the letters."""

from collections.abc import Iterable
from datetime import datetime

from koba_desktop.domain.clock import day_of
from koba_desktop.domain.entities.letters import Template, TemplateVersion
from koba_desktop.domain.vocabulary import LetterKind
from koba_desktop.services.ids import new_id
from koba_desktop.services.ports import Store

Wording = tuple[LetterKind, str, str, dict[str, str]]
"""Kind, language, variant, blocks."""


def lay_out_wordings(store: Store, now: datetime, wordings: Iterable[Wording]) -> None:
    """Store the shipped wordings as the first version of each template, in force from today."""
    with store.writing(by=None, now=now) as uow:
        for kind, language, variant, blocks in wordings:
            template = uow.add(Template(id=new_id(), kind=kind, language=language, variant=variant))
            uow.add(
                TemplateVersion(
                    id=new_id(),
                    template_id=template.id,
                    number=1,
                    blocks=blocks,
                    valid_from=day_of(now),
                )
            )
