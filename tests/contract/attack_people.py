"""Who attacks: somebody of each role, of none, of a former or a coming one, and of two offices."""

from dataclasses import dataclass

from koba_desktop.domain.vocabulary import Role


@dataclass(frozen=True, slots=True)
class Held:
    """A role in an office, and whether it holds today."""

    role: Role
    office: str
    in_force: bool = True


@dataclass(frozen=True, slots=True)
class Person:
    """``known``: has a row among the staff and has not left."""

    login: str
    held: tuple[Held, ...] = ()
    known: bool = True

    def offices(self, *roles: Role) -> set[str]:
        """Where he or she holds one of the roles today."""
        return {h.office for h in self.held if self.known and h.in_force and h.role in roles}

    def ever(self, roles: frozenset[Role]) -> bool:
        """Whether the login is in the group of one of the roles, be it not in force."""
        return any(h.role in roles for h in self.held)


R = Role
PEOPLE = (
    Person("empfang", (Held(R.RECEPTION, "own"),)),
    Person("beraterin", (Held(R.ADVISOR, "own"),)),
    Person("leiter", (Held(R.LEAD, "own"),)),
    Person("verwalterin", (Held(R.ADMINISTRATOR, "own"),)),
    Person("datenschutz", (Held(R.DATA_PROTECTION, "own"),)),
    Person("rollenlos"),
    Person("ehemals", (Held(R.ADVISOR, "own", in_force=False),)),
    Person("bald", (Held(R.LEAD, "own", in_force=False),)),
    Person("gegangen", (Held(R.LEAD, "own"), Held(R.ADMINISTRATOR, "own")), known=False),
    # Reception here, and advises there; and who advises there stands in for the lead here.
    Person("beides", (Held(R.RECEPTION, "own"), Held(R.ADVISOR, "other"))),
    Person("vertretung", (Held(R.LEAD, "own"), Held(R.ADVISOR, "other", in_force=False))),
    Person("fremd", (Held(R.ADVISOR, "other"),)),
    # A login that nobody of the staff has any more.
    Person("niemand", (Held(R.ADVISOR, "own"),), known=False),
)
COLLEAGUE = Person("kollegin", (Held(R.ADVISOR, "own"),))
PERSON = {person.login: person for person in PEOPLE}
