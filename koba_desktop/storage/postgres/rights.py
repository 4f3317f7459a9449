"""Who may do what with which table, as the database itself enforces it (domain rules § 7).

Two gates stand before each row. A GRANT to a group says whether a role has to do with a table at
all; a policy of row-level security says which rows are its business: those of the offices where the
session's person holds the role today, and those he or she is responsible for. Notes and reasons
lie in tables of their own, to which reception has no right; what it may leave there (the note of a
callback, the text beside a reason) it can write and not read.
"""

from dataclasses import dataclass

USER = "koba_user"  # everybody with a login
RECEPTION = "koba_reception"
ADVISOR = "koba_advisor"
LEAD = "koba_lead"
ADMINISTRATOR = "koba_administrator"
DATA_PROTECTION = "koba_data_protection"

SEES = (RECEPTION, ADVISOR, LEAD)  # clients and appointments
SOCIAL = (ADVISOR, LEAD)  # social data as well

_READ = "select"
_KEEP = "select, insert, update"
_ALL = "select, insert, update, delete"
_ADD = "select, insert"
_LEAVE = "insert"


def _all(groups: tuple[str, ...], what: str) -> dict[str, str]:
    return dict.fromkeys(groups, what)


# What everybody may read, and administrators and leads keep: no social data.
MASTER = (
    "office",
    "opening_hours",
    "closing_day",
    "setting",
    "staff",
    "staff_role",
    "working_pattern",
    "absence",
    "appointment_kind",
    "room",
    "place",
    "hygiene_profile",
    "template",
    "template_version",
    "template_review",
    "operating_mode",
    "incidence_value",
    "rule_set",
    "mode_proposal",
)

GRANTS: dict[str, dict[str, str]] = {
    **{table: {USER: _READ, LEAD: _ALL, ADMINISTRATOR: _ALL} for table in MASTER},
    "template": {USER: _READ, ADMINISTRATOR: _KEEP},
    "template_version": {USER: _READ, ADMINISTRATOR: _ADD},
    "template_review": {USER: _READ, ADMINISTRATOR: _ADD},
    "operating_mode": {USER: _READ, LEAD: _ADD, ADMINISTRATOR: _ADD},
    "incidence_value": {USER: _READ, LEAD: _ADD, ADMINISTRATOR: _ADD},
    "client": _all(SEES, _KEEP),
    "client_address": _all(SEES, _ALL),
    "client_phone": _all(SEES, _ALL),
    "client_email": _all(SEES, _ALL),
    "representative": _all(SEES, _ALL),
    "client_search": _all(SEES, _ALL),
    "client_sound": _all(SEES, _ALL),
    "client_note": _all(SOCIAL, _ALL),
    "appointment": _all(SEES, _KEEP),
    "participant": _all(SEES, _KEEP),
    "appointment_change": _all(SEES, _ADD),
    "appointment_purpose": _all(SOCIAL, _ALL),
    "change_reason": {**_all(SOCIAL, _KEEP), RECEPTION: _LEAVE},
    "hold": _all(SEES, _ALL),
    "wait_entry": _all(SEES, _KEEP),
    "room_booking": _all(SEES, _KEEP),
    "visit": _all(SEES, _KEEP),
    "refusal": _all(SEES, _ADD),
    "call_task": _all(SEES, _KEEP),
    "contact_attempt": {**_all(SOCIAL, _KEEP), RECEPTION: _READ},
    "attempt_note": {**_all(SOCIAL, _ALL), RECEPTION: _LEAVE},
    "letter": _all(SEES, _KEEP),
    "letter_archive": {**_all(SOCIAL, _ADD), RECEPTION: _LEAVE},
    "command": {USER: _ADD},
    "draft": {USER: _ALL},
    "presence": {USER: _ALL},
    "contact_trace": {},
    "audit_event": {**_all((ADMINISTRATOR, DATA_PROTECTION, *SOCIAL), _READ)},
}


@dataclass(frozen=True, slots=True)
class Policy:
    """``using`` says which rows are there for a session, ``check`` which it may write (None: the
    same). ``to`` is a group, ``what`` select, insert, update, delete or all."""

    what: str
    using: str
    check: str | None = None
    to: str = USER


def _offices(*roles: str) -> str:
    """The offices where the session's person holds one of the roles: asked once a statement."""
    words = ", ".join(f"'{role}'" for role in roles)
    return f"any ((select app.my_offices({words}))::uuid[])"


def _responsible(*roles: str) -> str:
    """The session's person, where he or she holds one of the roles in any office today: whoever is
    responsible for something is so in a role, and no longer than that."""
    words = ", ".join(f"'{role}'" for role in roles)
    return f"(select app.me_as({words}))"


_SEEING = _offices("reception", "advisor", "lead")
_SOCIAL = _offices("advisor", "lead")
_LEADING = _offices("lead")
_RECEPTION = _offices("reception")
_ME = "(select app.me())"
_ME_SEEING = _responsible("reception", "advisor", "lead")
_ME_SOCIAL = _responsible("advisor", "lead")
_WORKS_HERE = f"{_ME} is not null"
_WITH_CLIENTS = f"{_ME_SEEING} is not null"
_DAY_BEGINS = "(select app.day_begins())"
_ADMIN = "(select app.is_administrator())"


# Reception sees no past appointments; but who forgot to check out is still in the house, and what
# was done today can be seen today.
def visible_appointment(of: str = "") -> str:
    """The rows of ``appointment`` that a session sees; ``of`` names the table, with its dot."""
    return (
        f"{of}office_id = {_SOCIAL} or {of}advisor_id = {_ME_SOCIAL}"
        f" or (({of}office_id = {_RECEPTION} or {of}advisor_id = {_ME_SEEING})"
        f" and ({of}ends >= {_DAY_BEGINS} or {of}changed_at >= {_DAY_BEGINS}"
        f" or {of}state in ('arrived', 'in_progress')))"
    )


_VISIBLE_APPOINTMENT = visible_appointment()


def _of(parent: str, key: str, extra: str = "") -> str:
    """Rows that belong to a row the session can see: the policy of the parent holds inside."""
    return f"exists (select from app.{parent} p where p.id = {key}{extra})"


def _social(parent: str, key: str, responsible: str = "advisor_id") -> str:
    """Rows of social data: for the advisors and leads of the parent's office, and who is
    responsible for it."""
    return _of(parent, key, f" and (p.office_id = {_SOCIAL} or p.{responsible} = {_ME_SOCIAL})")


def _led(office: str = f"office_id = {_LEADING}") -> list[Policy]:
    """All of the staff read; administrators keep, and leads what is their own office's."""
    return [
        Policy("select", _WORKS_HERE),
        Policy("insert", f"{_ADMIN} or {office}"),
        Policy("update", f"{_ADMIN} or {office}"),
        Policy("delete", f"{_ADMIN} or {office}"),
    ]


def _kept_by_administrators() -> list[Policy]:
    return _led("false")


_IN_MY_OFFICE = f"office_id = {_SEEING}"
_STAFF_LED = f"exists (select from app.staff p where p.id = staff_id and p.office_id = {_LEADING})"
# Nobody gives rights to himself or herself, but while an office is being set up.
_OTHERS_ROLE = f"(staff_id is distinct from {_ME} or not (select app.in_use()))"
_ADDRESS = (
    "exists (select from app.client p where p.id = client_id"
    " and (not p.address_blocked or app.address_open(p.id)))"
)
_ADDRESS_KEPT = (
    "exists (select from app.client p where p.id = client_id) and app.address_mine(client_id)"
)
# A letter that holds a blocked address is the responsible advisor's, also where it was made before
# the address was blocked.
_ADDRESSED_TO_ALL = (
    "(coalesce(json_array_length(data -> 'recipient_lines'), 0) = 0 or app.address_mine(client_id))"
)
# To reception a letter is gone once it has left the house; what was done today is seen today.
_VISIBLE_LETTER = (
    f"(office_id = {_SOCIAL} or advisor_id = {_ME_SOCIAL}"
    f" or ((office_id = {_RECEPTION} or advisor_id = {_ME_SEEING})"
    f" and (state in ('pending', 'held', 'printed') or changed_at >= {_DAY_BEGINS})))"
    f" and {_ADDRESSED_TO_ALL}"
)
_VISIBLE_TASK = (
    f"office_id = {_SOCIAL} or advisor_id = {_ME_SOCIAL}"
    f" or ((office_id = {_RECEPTION} or advisor_id = {_ME_SEEING})"
    " and ((closed_at is null and withdrawn_at is null) or changed_by = " + _ME + "))"
)
# Who comes and goes: of former days to those who may read the past, or who is still in the house.
_VISIBLE_VISIT = (
    f"office_id = {_SOCIAL} or (office_id = {_RECEPTION} and (day >= (select app.today())"
    f" or changed_at >= {_DAY_BEGINS} or (arrived_at is not null and left_at is null)))"
)
# A place is booked by the office it belongs to.
_PLACE_OF_OFFICE = (
    "exists (select from app.place p join app.room r on r.id = p.room_id"
    " where p.id = place_id and r.office_id = room_booking.office_id)"
)
# As long as a slot may be kept at most (``slots.hold_minutes``), and a margin.
_HELD = f"changed_by = {_ME_SEEING} and until <= (select app.now()) + interval '65 minutes'"


def _explained(office: str, advisor: str) -> str:
    """What a reason is given for: the change of an appointment, a booking, a letter."""
    mine = f" and (p.office_id = {office} or p.advisor_id = {advisor})"
    change = (
        "exists (select from app.appointment_change c join app.appointment p"
        f" on p.id = c.appointment_id where c.id = subject_id{mine})"
    )
    booking = _of("room_booking", "subject_id", f" and p.office_id = {office}")
    return f"{change} or {booking} or {_of('letter', 'subject_id', mine)}"


# Who makes logins and writes the audit looks people up, whoever the session is.
_READ_BY_MAKERS = [Policy("select", "true", to=each) for each in ("koba_provisioner", "koba_audit")]

POLICIES: dict[str, list[Policy]] = {
    **{table: _led() for table in ("opening_hours", "closing_day", "setting", "room")},
    "office": _led(f"id = {_LEADING}"),
    "staff": [*_led(), *_READ_BY_MAKERS],
    "staff_role": [
        Policy("select", _WORKS_HERE),
        *_READ_BY_MAKERS,
        *(
            Policy(
                what,
                f"{_OTHERS_ROLE} and ({_ADMIN} or (office_id = {_LEADING}"
                " and role not in ('administrator', 'data_protection')))",
            )
            for what in ("insert", "update", "delete")
        ),
    ],
    "working_pattern": _led(_STAFF_LED),
    "absence": _led(_STAFF_LED),
    "appointment_kind": _kept_by_administrators(),
    "place": _led(
        f"exists (select from app.room p where p.id = room_id and p.office_id = {_LEADING})"
    ),
    "hygiene_profile": _led(),
    "template": _kept_by_administrators(),
    "template_version": _kept_by_administrators(),
    "template_review": _kept_by_administrators(),
    "operating_mode": _led(),
    "incidence_value": [
        Policy("select", _WORKS_HERE),
        Policy("insert", f"{_ADMIN} or cardinality((select app.my_offices('lead'))) > 0"),
    ],
    "rule_set": _kept_by_administrators(),
    "mode_proposal": _led(),
    "client": [Policy("all", f"office_id = {_SEEING} or advisor_id = {_ME_SEEING}")],
    "client_address": [
        Policy("select", _ADDRESS),
        Policy("insert", _ADDRESS_KEPT),
        Policy("update", _ADDRESS, _ADDRESS_KEPT),
        Policy("delete", _ADDRESS),
    ],
    "client_phone": [Policy("all", _of("client", "client_id"))],
    "client_email": [Policy("all", _of("client", "client_id"))],
    "representative": [Policy("all", _of("client", "client_id"))],
    "client_search": [
        Policy(
            "all",
            f"office_id = {_SEEING}"
            f" or client_id in (select c.id from app.client c where c.advisor_id = {_ME_SEEING})",
        )
    ],
    "client_sound": [
        Policy("all", "exists (select from app.client_search p where p.entry = client_sound.entry)")
    ],
    "client_note": [
        Policy(
            "all",
            _social("client", "client_id"),
        )
    ],
    "appointment": [
        Policy("select", _VISIBLE_APPOINTMENT),
        Policy("insert", f"office_id = {_SEEING}"),
        Policy(
            "update", _VISIBLE_APPOINTMENT, f"office_id = {_SEEING} or advisor_id = {_ME_SEEING}"
        ),
    ],
    "participant": [Policy("all", _of("appointment", "appointment_id"))],
    "appointment_change": [Policy("all", _of("appointment", "appointment_id"))],
    "appointment_purpose": [
        Policy(
            "all",
            _social("appointment", "appointment_id"),
        )
    ],
    "change_reason": [
        *(
            Policy(
                "select",
                _explained(_SOCIAL, _ME_SOCIAL),
                to=each,
            )
            for each in SOCIAL
        ),
        Policy("insert", f"changed_by = {_ME} and ({_explained(_SEEING, _ME_SEEING)})"),
        Policy("update", f"changed_by = {_ME}"),
    ],
    "hold": [
        Policy("select", _WITH_CLIENTS),
        Policy("insert", _HELD),
        Policy("update", f"changed_by = {_ME_SEEING}", _HELD),
        Policy("delete", f"changed_by = {_ME_SEEING} or until <= (select app.now())"),
    ],
    "wait_entry": [Policy("all", _IN_MY_OFFICE)],
    "room_booking": [Policy("all", _IN_MY_OFFICE, f"{_IN_MY_OFFICE} and {_PLACE_OF_OFFICE}")],
    "visit": [Policy("all", _VISIBLE_VISIT, _IN_MY_OFFICE)],
    "refusal": [
        Policy(
            "select",
            f"office_id = {_SOCIAL} or (office_id = {_RECEPTION} and created_at >= {_DAY_BEGINS})",
        ),
        Policy("insert", _IN_MY_OFFICE),
    ],
    "call_task": [
        Policy("all", _VISIBLE_TASK, f"{_IN_MY_OFFICE} or advisor_id = {_ME_SEEING}"),
    ],
    # That somebody was called stands in the letters reception renews; what was said does not.
    "contact_attempt": [
        Policy("select", f"{_IN_MY_OFFICE} or staff_id = {_ME_SEEING}"),
        Policy("insert", f"office_id = {_SOCIAL} or staff_id = {_ME_SOCIAL}"),
        Policy("update", f"office_id = {_SOCIAL} or staff_id = {_ME_SOCIAL}"),
    ],
    "attempt_note": [
        Policy(
            "all",
            _social("contact_attempt", "attempt_id", "staff_id")
            + " or "
            + _social("call_task", "call_task_id"),
        ),
        Policy(
            "insert",
            f"attempt_id is null and {_of('call_task', 'call_task_id')}",
            to=RECEPTION,
        ),
    ],
    "letter": [
        Policy("select", _VISIBLE_LETTER),
        Policy("insert", f"office_id = {_SEEING} or advisor_id = {_ME_SEEING}"),
        Policy("update", _VISIBLE_LETTER, f"office_id = {_SEEING} or advisor_id = {_ME_SEEING}"),
    ],
    "letter_archive": [
        Policy("insert", _of("letter", "letter_id")),
        *(
            Policy(
                "select",
                _social("letter", "letter_id"),
                to=each,
            )
            for each in SOCIAL
        ),
    ],
    "command": [Policy("all", f"created_by = {_ME}")],
    "draft": [Policy("all", f"author_id = {_ME}")],
    "presence": [
        Policy("select", f"{_WITH_CLIENTS} or staff_id = {_ME}"),
        Policy("insert", f"staff_id = {_ME}"),
        Policy("update", f"staff_id = {_ME}"),
        Policy("delete", f"staff_id = {_ME}"),
    ],
    "contact_trace": [],
    "audit_event": [
        Policy("select", "(select app.reads_audit())"),
        # Whether a reason for a blocked address was given today.
        *(
            Policy("select", f"created_by = {_ME} and action = 'view_blocked'", to=each)
            for each in SOCIAL
        ),
    ],
}

# Functions that sessions call themselves, or through a policy; all others are for triggers.
FOR_USERS = (
    "app.now()",
    "app.today()",
    "app.day_begins()",
    "app.me()",
    "app.me_as(text[])",
    "app.my_offices(text[])",
    "app.is_administrator()",
    "app.reads_audit()",
    "app.in_use()",
    "app.sees_client(uuid)",
    "app.address_open(uuid)",
    "app.address_mine(uuid)",
    "app.advisor_times(uuid[], timestamptz, timestamptz)",
    "app.take_locks(bigint[], boolean[])",
    "app.end_holds(timestamptz)",
    "app.impossible_rows()",
    "app.audit_subjects(uuid, text, text)",
    "app.audit_references(uuid[])",
    "audit.note(text, text, uuid, text, text)",
    "audit.seal_some()",
    "audit.last_seal()",
    "audit.broken_seals()",
    "people.may_provision()",
    "people.set_login(text, text)",
    "people.allow_login(text, boolean)",
    "people.end_connections(text)",
    "people.logins()",
)
