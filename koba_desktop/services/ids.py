"""Identities made by the program, so that a form has its id before it is saved."""

from uuid import UUID

from uuid_utils.compat import uuid7


def new_id() -> UUID:
    """A fresh UUIDv7 (RFC 9562): sorts by the time it was made."""
    return uuid7()
