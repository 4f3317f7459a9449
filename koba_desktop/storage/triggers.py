"""SQLite's triggers: what holds whoever writes, were it by hand.

PostgreSQL says the same with EXCLUDE constraints and its own triggers. The words raised here are
translated by ``koba_desktop.storage.errors``.
"""

from koba_desktop.domain.records import Appended, Changeable
from koba_desktop.storage.tables import (
    LONGEST_APPOINTMENT_DAYS,
    LONGEST_BOOKING_DAYS,
    TABLES,
    client_search,
)

_DAY = 24 * 60 * 60 * 1_000_000
_APPOINTMENT = LONGEST_APPOINTMENT_DAYS * _DAY
_BOOKING = LONGEST_BOOKING_DAYS * _DAY

# Columns that a trigger or a foreign key writes by itself, without a new version.
KEPT_BY_DATABASE = {
    "participant": {"starts", "ends", "active"},
    "contact_attempt": {"phone_id"},
}

# Deleting is the point of the contact tracing store: after four weeks it must be empty.
_DELETABLE = {"contact_trace"}

# Overlap, half-open; the bound below ``starts`` keeps the search inside a short stretch of the
# index. Triggers run after the row is written: its id is then always known.
_PLACE_TAKEN = f"""select raise(abort, 'place_taken') where exists (
  select 1 from room_booking x
  where x.place_id = new.place_id and x.active and x.id <> new.id
    and x.starts < new.blocked_until and x.starts > new.starts - {_BOOKING}
    and x.blocked_until > new.starts);"""

# A hold binds who books: not who goes in, leaves late or closes the room, and nobody for a time
# that he or she has already.
_PLACE_HELD = """select raise(abort, 'place_held') where new.state = 'reserved'
  and new.use = 'consultation' and exists (
  select 1 from hold h
  where h.place_id = new.place_id and h.changed_by is not new.changed_by
    and h.starts < new.blocked_until and h.ends > new.starts);"""

_ADVISOR = f"""select raise(abort, 'advisor_taken') where exists (
  select 1 from appointment x
  where x.advisor_id = new.advisor_id and x.active and x.id <> new.id
    and x.starts < new.ends and x.starts > new.starts - {_APPOINTMENT} and x.ends > new.starts);
select raise(abort, 'advisor_held') where exists (
  select 1 from hold h
  where h.advisor_id = new.advisor_id and h.changed_by is not new.changed_by
    and h.starts < new.ends and h.ends > new.starts);"""

# Looks at the appointment's times: the participant's own may be about to be set right.
_CLIENT_TAKEN = f"""select raise(abort, 'client_taken') where exists (
  select 1 from appointment a, participant x
  where a.id = new.appointment_id and a.active
    and x.client_id = new.client_id and x.active and x.appointment_id <> a.id
    and x.starts < a.ends and x.starts > a.starts - {_APPOINTMENT} and x.ends > a.starts);"""


def _client_free(who: str) -> str:
    """``who`` takes the time: a hold of his or her own is no obstacle."""
    return f"""{_CLIENT_TAKEN}
select raise(abort, 'client_held') where exists (
  select 1 from appointment a, hold h
  where a.id = new.appointment_id and a.active
    and h.client_id = new.client_id and h.changed_by is not {who}
    and h.starts < a.ends and h.ends > a.starts);"""


# Where only the times change they follow the appointment, and the row does not say who moved that.
_WHO_MOVES = """case when (new.appointment_id, new.client_id)
      is (old.appointment_id, old.client_id) then a.changed_by else new.changed_by end"""

_LIKE_APPOINTMENT = """update participant set (starts, ends, active) = (
  select a.starts, a.ends, a.active from appointment a where a.id = new.appointment_id)
where id = new.id and exists (
  select 1 from appointment a where a.id = new.appointment_id
    and (a.starts, a.ends, a.active) is not (new.starts, new.ends, new.active));"""

_HOLD = """select raise(abort, 'place_held') where exists (
  select 1 from hold x
  where x.place_id = new.place_id and x.id <> new.id and x.changed_by is not new.changed_by
    and x.starts < new.ends and x.ends > new.starts);
select raise(abort, 'advisor_held') where exists (
  select 1 from hold x
  where x.advisor_id = new.advisor_id and x.id <> new.id and x.changed_by is not new.changed_by
    and x.starts < new.ends and x.ends > new.starts);
select raise(abort, 'client_held') where exists (
  select 1 from hold x
  where x.client_id = new.client_id and x.id <> new.id and x.changed_by is not new.changed_by
    and x.starts < new.ends and x.ends > new.starts);"""


def _trigger(name: str, event: str, body: str, when: str = "") -> str:
    condition = f" when {when}" if when else ""
    return f"create trigger {name} {event}{condition} begin\n{body}\nend"


def _guarded(name: str) -> str:
    """``update of`` the columns that only come with a new version."""
    kept = KEPT_BY_DATABASE.get(name)
    if not kept:
        return f"update on {name}"
    table = next(t for t in TABLES.values() if t.name == name)
    columns = ", ".join(c.name for c in table.columns if c.name not in kept)
    return f"update of {columns} on {name}"


def sqlite_triggers() -> list[str]:
    """All triggers and the search index, as statements in the order in which they can run."""
    times = "starts, ends, active"
    statements = [
        _trigger(
            "place_free_insert",
            "after insert on room_booking",
            f"{_PLACE_TAKEN}\n{_PLACE_HELD}",
            "new.active",
        ),
        _trigger(
            "place_free_update",
            "after update of place_id, starts, blocked_until, active on room_booking",
            _PLACE_TAKEN,
            "new.active",
        ),
        _trigger(
            "place_held_update",
            "after update of place_id, starts, blocked_until, active on room_booking",
            _PLACE_HELD,
            "new.active and (new.place_id is not old.place_id or not old.active"
            " or new.starts < old.starts or new.blocked_until > old.blocked_until)",
        ),
        _trigger("advisor_free_insert", "after insert on appointment", _ADVISOR, "new.active"),
        _trigger(
            "advisor_free_update",
            f"after update of advisor_id, {times} on appointment",
            _ADVISOR,
            "new.active and (new.advisor_id, new.starts, new.ends, new.active)"
            " is not (old.advisor_id, old.starts, old.ends, old.active)",
        ),
        _trigger(
            "participant_follows",
            f"after update of {times} on appointment",
            "update participant set starts = new.starts, ends = new.ends, active = new.active\n"
            "where appointment_id = new.id;",
            "(new.starts, new.ends, new.active) is not (old.starts, old.ends, old.active)",
        ),
        _trigger(
            "client_free_insert",
            "after insert on participant",
            f"{_client_free('new.changed_by')}\n{_LIKE_APPOINTMENT}",
        ),
        _trigger(
            "client_free_update",
            f"after update of appointment_id, client_id, {times} on participant",
            f"{_client_free(_WHO_MOVES)}\n{_LIKE_APPOINTMENT}",
        ),
        _trigger("hold_free_insert", "after insert on hold", _HOLD),
        _trigger("hold_free_update", "after update on hold", _HOLD),
    ]
    for kind, table in TABLES.items():
        if issubclass(kind, Changeable):
            statements.append(
                _trigger(
                    f"{table.name}_version",
                    f"before {_guarded(table.name)}",
                    "select raise(abort, 'version_skipped');",
                    "new.version is not old.version + 1",
                )
            )
        elif issubclass(kind, Appended):
            refuse = "select raise(abort, 'append_only');"
            events = ["update"] if table.name in _DELETABLE else ["update", "delete"]
            statements += [
                _trigger(f"{table.name}_no_{event}", f"before {event} on {table.name}", refuse)
                for event in events
            ]
    return statements + search_index()


def search_index() -> list[str]:
    """The trigram index over ``client_search.text`` and what keeps it in step."""
    table = client_search.name
    leave = (
        "insert into client_fts(client_fts, rowid, text) values ('delete', old.entry, old.text);"
    )
    enter = "insert into client_fts(rowid, text) values (new.entry, new.text);"
    return [
        "create virtual table client_fts using fts5("
        f"text, content='{table}', content_rowid='entry', tokenize='trigram')",
        _trigger("client_fts_insert", f"after insert on {table}", enter),
        _trigger("client_fts_delete", f"after delete on {table}", leave),
        _trigger("client_fts_update", f"after update of text on {table}", f"{leave}\n{enter}"),
    ]
