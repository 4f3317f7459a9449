"""The clients of the demonstration: names of many origins, addresses, numbers, needs."""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from uuid import UUID

from koba_desktop.domain.clock import instant
from koba_desktop.domain.entities.clients import (
    Client,
    ClientAddress,
    ClientEmail,
    ClientNote,
    ClientPhone,
    Representative,
)
from koba_desktop.domain.records import Record
from koba_desktop.domain.vocabulary import Language, Need, PhoneKind, Salutation
from koba_desktop.services.demo.house import Branch
from koba_desktop.services.demo.maker import DAY, Maker, Weighted
from koba_desktop.services.demo.material import material

_NEEDS = Weighted[tuple[Need, ...]](
    (
        ((), 880),
        ((Need.WHEELCHAIR,), 20),
        ((Need.INTERPRETER,), 40),
        ((Need.HEARING,), 12),
        ((Need.CONFIDENTIALITY,), 18),
        ((Need.NO_PHONE,), 20),
        ((Need.WHEELCHAIR, Need.HEARING), 4),
    )
)
_TITLES = Weighted((("", 985), ("Dr.", 14), ("Prof. Dr.", 1)))
_NOTES = (
    "Bittet um Rückruf am Vormittag.",
    "Möchte nur telefonisch beraten werden.",
    "Kinderbetreuung bis 11:30 Uhr.",
    "Arbeitet im Schichtdienst, nachmittags schwer erreichbar.",
)
_MOBILE_BLOCK = "0176 04069"

# Of those who speak the one every third would rather read the other.
_ALSO_SPEAKS = {Language.UK: Language.RU, Language.AR: Language.EN}
_ALSO_SPEAKS_EVERY = 3


@dataclass(slots=True)
class Population:
    """Everybody, and what the other parts need to know of them at once."""

    records: dict[type[Record], list[Record]] = field(default_factory=lambda: defaultdict(list))
    of_advisor: dict[UUID, list[Client]] = field(default_factory=lambda: defaultdict(list))
    """Clients an advisor can have appointments with."""
    phones: dict[UUID, list[ClientPhone]] = field(default_factory=lambda: defaultdict(list))
    unreachable_by_post: set[UUID] = field(default_factory=set)
    star: Client | None = None  # the first advisor's client the handbook tells about

    def add(self, record: Record) -> None:
        self.records[type(record)].append(record)

    def phone(self, client: Client) -> ClientPhone | None:
        """The number that is dialled first."""
        return next((p for p in self.phones[client.id] if p.bad_since is None), None)


def populate(maker: Maker, branches: list[Branch], count: int) -> Population:
    """So many clients, shared out to the offices as the district is, to advisors evenly."""
    people = Population()
    weighted = Weighted(
        (branch, town.share) for branch, town in zip(branches, material().towns, strict=True)
    )
    turn: dict[UUID, int] = defaultdict(int)
    for number in range(count):
        branch = branches[0] if number == 0 else maker.pick(weighted)
        advisor = branch.advisors[turn[branch.office.id] % len(branch.advisors)]
        turn[branch.office.id] += 1
        client = _client(maker, branch, advisor.id, number)
        if number == 0:
            client = people.star = replace(
                client,
                family_name="Kuhn",
                given_name="Marlies",
                salutation=Salutation.FRAU,
                title="",
                birth_date=date(1979, 7, 14),
                number="118274",
                language=Language.DE,
                needs=(),
                address_blocked=False,
                closed_on=None,
            )
        people.add(client)
        _contact_data(maker, people, branch, client)
        if client.closed_on is None and client is not people.star:
            people.of_advisor[advisor.id].append(client)
    return people


def _client(maker: Maker, branch: Branch, advisor_id: UUID, number: int) -> Client:
    random = maker.random
    people = material()
    origin = maker.pick(people.origins)
    woman = maker.chance(0.52)
    family = random.choice(origin.family)
    given = random.choice(origin.women if woman else origin.men)
    if maker.chance(0.06):
        family = f"{family}-{random.choice(origin.family)}"
    elif maker.chance(0.02):
        family = f"{random.choice(('von', 'zum', 'de'))} {family}"
    if maker.chance(0.05):
        given = f"{given}-{random.choice(origin.women if woman else origin.men)}"
    elif origin.language in (Language.AR, Language.FA) and maker.chance(0.04):
        family, given = given, ""  # one name only, as some passports say
    registered = maker.now - timedelta(days=random.randrange(40, 2500))
    spoken = Language.DE if maker.chance(0.45) else origin.language
    if spoken is Language.DE and maker.chance(0.02):
        spoken = Language.DE_EASY
    if number % _ALSO_SPEAKS_EVERY == 0:
        spoken = _ALSO_SPEAKS.get(spoken, spoken)
    return Client(
        **maker.stamps(registered, advisor_id),
        family_name=family,
        given_name=given,
        number=None if maker.chance(0.01) else f"{118274 + 7 * number}",
        case_number=f"03102BG{random.randrange(10**7):07}" if maker.chance(0.9) else None,
        salutation=Salutation.NONE
        if maker.chance(0.015)
        else (Salutation.FRAU if woman else Salutation.HERR),
        title=maker.pick(_TITLES),
        birth_date=date(1956, 1, 1) + timedelta(days=random.randrange(17_000)),
        language=spoken,
        needs=maker.pick(_NEEDS),
        office_id=branch.office.id,
        advisor_id=advisor_id,
        address_blocked=maker.chance(0.003),
        closed_on=maker.today - random.randrange(5, 30) * DAY if maker.chance(0.01) else None,
    )


def _contact_data(maker: Maker, people: Population, branch: Branch, client: Client) -> None:
    at = client.changed_at or maker.now
    by = client.advisor_id
    star = client is people.star
    _address(maker, people, branch, client, at)
    if Need.NO_PHONE not in client.needs:
        for phone in _phones(maker, branch, client, at, star=star):
            people.add(phone)
            people.phones[client.id].append(phone)
    if maker.chance(0.12):
        people.add(
            ClientEmail(
                **maker.stamps(at, by),
                client_id=client.id,
                address=f"kontakt{client.number or client.id.hex[-6:]}@post.example",
                consent_on=instant(at.date(), time()).date() if maker.chance(0.6) else None,
            )
        )
    if not star and maker.chance(0.012):
        people.add(_representative(maker, branch, client, at))
    if maker.chance(0.05):
        people.add(
            ClientNote(
                **maker.stamps(at, by), client_id=client.id, text=maker.random.choice(_NOTES)
            )
        )


def _address(
    maker: Maker, people: Population, branch: Branch, client: Client, at: datetime
) -> None:
    random, places = maker.random, material()
    town = next(t for t in places.towns if t.name == branch.office.town)
    code, name = random.choice(town.area)
    street = f"{random.choice(places.streets)} {random.randrange(1, 90)}"
    if maker.chance(0.08):
        street += random.choice(("a", "b", "c"))
    address = ClientAddress(
        **maker.stamps(at, client.advisor_id),
        client_id=client.id,
        street=street,
        postcode=code,
        town=name,
        care_of=f"c/o {random.choice(places.german.family)}" if maker.chance(0.02) else "",
    )
    if client is not people.star:
        if maker.chance(0.004):
            address = replace(address, street="Rue du Moulin 4", postcode="67000")
            address = replace(address, town="Strasbourg", country="Frankreich")
        elif maker.chance(0.006):
            address = replace(address, returned_on=maker.working_day(-random.randrange(2, 15)))
        elif maker.chance(0.006):
            address = replace(address, street="", care_of="")
        if address.returned_on is not None or not address.street:
            people.unreachable_by_post.add(client.id)
    people.add(address)


def _phones(
    maker: Maker, branch: Branch, client: Client, at: datetime, *, star: bool
) -> list[ClientPhone]:
    """One to three numbers from blocks nobody has: 0176 04069 …, and landlines beginning with 0."""
    random = maker.random
    if star:
        typed = [(PhoneKind.MOBILE, f"{_MOBILE_BLOCK}118"), (PhoneKind.PRIVATE, "03941 01274")]
    else:
        typed = [(PhoneKind.MOBILE, f"{_MOBILE_BLOCK}{random.randrange(1000):03}")]
        if maker.chance(0.4):
            number = f"{branch.area_code} 0{random.randrange(1000, 10000)}"
            typed.insert(random.randrange(2), (PhoneKind.PRIVATE, number))
        if maker.chance(0.06):
            typed.append((PhoneKind.WORK, f"{branch.area_code} 0{random.randrange(1000, 10000)}"))
    return [
        ClientPhone(
            **maker.stamps(at, client.advisor_id),
            client_id=client.id,
            typed=number,
            e164=f"+49{number.replace(' ', '')[1:]}",
            kind=kind,
            position=position,
            bad_since=maker.office_time(maker.working_day(-random.randrange(3, 40)))
            if position > 0 and maker.chance(0.05)
            else None,
        )
        for position, (kind, number) in enumerate(typed)
    ]


def _representative(maker: Maker, branch: Branch, client: Client, at: datetime) -> Representative:
    places = material()
    woman = maker.chance(0.6)
    german = places.german
    return Representative(
        **maker.stamps(at, client.advisor_id),
        client_id=client.id,
        family_name=maker.random.choice(german.family),
        given_name=maker.random.choice(german.women if woman else german.men),
        salutation=Salutation.FRAU if woman else Salutation.HERR,
        organisation="Betreuungsverein Harzblick e. V." if maker.chance(0.5) else "",
        street=f"{maker.random.choice(places.streets)} {maker.random.randrange(1, 60)}",
        postcode=branch.office.postcode,
        town=branch.office.town,
        valid_from=instant(at.date(), time()).date(),
    )
