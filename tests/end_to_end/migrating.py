"""``koba-desktop-admin`` as its next version might be: with one more revision, from a folder."""

import sys
from pathlib import Path

import sqlalchemy as sa

from koba_desktop.storage import schema

schema.HEAD = f"{int(schema.HEAD) + 1:04}"  # before anything else reads it

from koba_desktop.bootstrap import admin  # noqa: E402
from koba_desktop.storage.migrations import upgrade  # noqa: E402

_FOLDER = Path(sys.argv.pop(1))
_upgrade_in = upgrade.upgrade_in


def upgrade_in(connection: sa.Connection) -> None:
    _upgrade_in(connection, versions=[_FOLDER])


if __name__ == "__main__":
    upgrade.upgrade_in = upgrade_in
    admin()
