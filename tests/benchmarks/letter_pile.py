"""Letters as an office has them to print after a week of calls: everybody's own name, address,
time, number, advisor and list of papers, all with their codes."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random

from koba_desktop.domain import references
from koba_desktop.domain.vocabulary import LetterKind
from koba_desktop.letters.letter import texts
from koba_desktop.services.demo.material import Origin, material
from koba_desktop.services.ports import LetterSource
from tests.unit.letter_samples import letter

_FIRST_DAY = datetime(2021, 4, 13, 6, tzinfo=UTC)  # 08:00 on the wall clock
_DAYS = tuple(day for day in range(14) if (_FIRST_DAY + timedelta(days=day)).weekday() < 5)
_SLOTS = 16
_ADVISORS = 25
_ABOUT = (
    "Um Ihre Situation, Ihre Fragen und die nächsten Schritte.",
    "Um Ihre Bewerbungen und eine mögliche Weiterbildung.",
    "Um Ihren Antrag auf Weiterbewilligung.",
)
_PAPERS = (
    "Ihren aktuellen Lebenslauf",
    "Nachweise über Ihre Bewerbungen",
    "Schreiben, zu denen Sie Fragen haben",
)


def pile(
    letters: int, seed: int = 1, kind: LetterKind = LetterKind.TELEPHONE_PROPOSAL
) -> Iterator[LetterSource]:
    """So many letters of a kind, of which no two are alike; other seeds give other letters."""
    random = Random(seed)
    blocks = texts.shipped_blocks(kind)
    origins = material().origins
    advisors = [_advisor(Random(number), number) for number in range(_ADVISORS)]
    for _number in range(letters):
        origin = random.choices(origins.things, cum_weights=origins.cumulative)[0]
        title, first, last = _person(random, origin)
        starts = _FIRST_DAY + timedelta(
            days=random.choice(_DAYS), minutes=30 * random.randrange(_SLOTS)
        )
        postcode, town = random.choice(material().towns[0].area)
        lines = [
            title,
            f"{first} {last}",
            f"{random.choice(material().streets)} {random.randint(1, 180)}",
            f"{postcode} {town}",
        ]
        if random.random() < 0.1:
            lines.insert(2, f"c/o {random.choice(material().german.family)}")
        data = letter(
            recipient_lines=lines,
            salutation_line=f"Sehr geehrte{'r Herr' if title == 'Herrn' else ' Frau'} {last},",
            client={"name": f"{first} {last}", "number": f"{random.randint(100_000, 999_999)}"},
            advisor=random.choice(advisors),
            reference=references.make(random),
            appointment={
                "starts": starts.isoformat(),
                "minutes": random.choice((15, 30, 30, 45)),
                "phone": f"0176 {random.randint(10_000_000, 99_999_999)}",
            },
            attempts=["2021-03-30", "2021-04-01"][: random.randint(1, 2)],
            about=random.choice(_ABOUT),
            papers=random.sample(_PAPERS, random.randint(1, 2)),
            answer_until=f"{starts - timedelta(days=1):%Y-%m-%d}",
            calendar_entry="Telefontermin",
        )
        yield LetterSource(kind, blocks, data)


def _person(random: Random, origin: Origin) -> tuple[str, str, str]:
    last = random.choice(origin.family)
    if random.random() < 0.5:
        return "Frau", random.choice(origin.women), last
    return "Herrn", random.choice(origin.men), last


def _advisor(random: Random, number: int) -> dict[str, str]:
    title, first, last = _person(random, material().german)
    name = f"{'Herr' if title == 'Herrn' else title} {last}"
    initials = f"{first[0]}{last[0]}"
    phone = f"03943 58-{3400 + number}"
    return {"name": name, "phone": phone, "initials": initials, "signature": last}
