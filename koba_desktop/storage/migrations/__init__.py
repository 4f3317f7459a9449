"""Revisions of the schema; each changes both kinds of database."""

from pathlib import Path


def versions_folder() -> Path:
    """Where the revisions lie, with the frozen statements beside them."""
    return Path(__file__).with_name("versions")
