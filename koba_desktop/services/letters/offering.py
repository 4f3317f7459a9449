"""Which letters can be written to a client: about which appointment, of which kinds, in which
wording. Asked before a letter is made, so that nobody chooses what is refused afterwards."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from koba_desktop.domain import policy
from koba_desktop.domain.entities.clients import Client
from koba_desktop.domain.entities.letters import TemplateVersion
from koba_desktop.domain.entities.office import Setting
from koba_desktop.domain.rights import Right
from koba_desktop.domain.vocabulary import (
    ACTIVE_STATES,
    AppointmentState,
    Channel,
    Language,
    LetterKind,
    LetterVariant,
)
from koba_desktop.services.clients.card import client_card
from koba_desktop.services.letters.choosing import follows_former, is_of, wordings_for
from koba_desktop.services.letters.kinds import ABOUT_NO_APPOINTMENT, BY_TELEPHONE, ONLY_IN_PERSON
from koba_desktop.services.letters.sources import courtesy_text, reviews_of
from koba_desktop.services.office.advisors import is_here, members
from koba_desktop.services.office.entitlement import may_query, not_entitled, require_client
from koba_desktop.services.ports import CourtesyText
from koba_desktop.services.rows import AppointmentRow, ClientRow
from koba_desktop.services.view import View


@dataclass(frozen=True, slots=True)
class LetterChoices:
    """What the dialog for a new letter begins with. ``appointments`` are those to come, also such
    as were called off, by start; ``summons``: the office sends formal summonses. ``advisor_id`` is
    whom a letter about no appointment names: who is responsible, None where nobody (any more) is.
    """

    client: ClientRow
    language: Language
    appointments: tuple[AppointmentRow, ...]
    summons: bool
    advisor_id: UUID | None


@dataclass(frozen=True, slots=True)
class OfferedKind:
    """A kind of letter; ``refusal`` is a message code that says why it is not to be had."""

    kind: LetterKind
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class WordingChoice:
    """How a letter would be worded today. ``translation`` goes along where there is one.
    ``outdated``: the text in Leichte Sprache does not follow the standard one of today."""

    kind: LetterKind
    variant: LetterVariant
    blocks: Mapping[str, str]
    translation: CourtesyText | None = None
    outdated: bool = False


def letter_choices(view: View, client_id: UUID) -> LetterChoices:
    """Raises NotFound, and Refused ``not_entitled`` where the viewer sends no letters to the
    client."""
    card = client_card(view, client_id)
    office_id = card.client.office_id
    if not may_query(view, Right.SEND_LETTERS, office_id, card.client.advisor_id):
        raise not_entitled(where="client_id")
    coming = [row for row in card.appointments if row.starts > view.now]
    settings = view.reader.find(Setting)
    responsible = members(view, [card.client.advisor_id] if card.client.advisor_id else [])
    return LetterChoices(
        client=card.client,
        language=Language(card.language),
        appointments=tuple(sorted(coming, key=lambda row: (row.starts, row.id))),
        summons=bool(policy.value_in_force(settings, "letters.summons", office_id, view.today)),
        advisor_id=next((each.id for each in responsible if is_here(each, view.today)), None),
    )


def offered_kinds(
    appointment: AppointmentRow | None, now: datetime, *, summons: bool
) -> tuple[OfferedKind, ...]:
    """Every kind of letter, with the reason where it does not suit the appointment."""
    return tuple(
        OfferedKind(kind, _refusal(kind, appointment, now, summons)) for kind in LetterKind
    )


def wording_choice(view: View, client_id: UUID, kind: LetterKind) -> WordingChoice:
    """Raises NotFound, and Refused ``template_missing``, ``not_entitled``."""
    reader = view.reader
    client = reader.get(Client, client_id)
    require_client(view, client)
    found = wordings_for(reader, kind, client.language, view.today)
    translation, outdated = None, False

    def version_of(version_id: UUID) -> TemplateVersion:
        return reader.get(TemplateVersion, version_id)

    if found.translation is not None:
        holds = is_of(found.translation, found.binding, version_of)
        reviews = reviews_of(reader, found.translation.id) if holds else ()
        translation = courtesy_text(found.language, found.translation, reviews)
    if found.variant is LetterVariant.EASY:
        outdated = follows_former(reader, kind, found.binding, view.today, version_of)
    return WordingChoice(kind, found.variant, found.binding.blocks, translation, outdated)


def _refusal(
    kind: LetterKind, appointment: AppointmentRow | None, now: datetime, summons: bool
) -> str:
    if kind in ABOUT_NO_APPOINTMENT:
        return ""
    if kind is LetterKind.SUMMONS and not summons:
        return "summons_off"
    if appointment is None:
        return "letter_without_appointment"
    stands = appointment.state in ACTIVE_STATES and appointment.starts > now
    if kind is LetterKind.CANCELLATION:
        return "letter_takes_place" if stands else ""
    if not stands:
        return "letter_called_off"
    telephone = appointment.channel is Channel.TELEPHONE
    if kind in ONLY_IN_PERSON and telephone:
        return "letter_only_in_person"
    if kind in BY_TELEPHONE and not telephone:
        return "letter_only_by_telephone"
    if kind is LetterKind.CONFIRMATION and appointment.state is AppointmentState.PROPOSED:
        return "letter_only_confirmed"
    if kind is LetterKind.TELEPHONE_PROPOSAL and appointment.state is not AppointmentState.PROPOSED:
        return "letter_only_proposed"
    return ""
