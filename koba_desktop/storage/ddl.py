"""The statements that make a fresh database, in order.

``python -m koba_desktop.storage.ddl`` prints them: that is how the first migration was written.
"""

from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from koba_desktop.storage.tables import metadata
from koba_desktop.storage.triggers import sqlite_triggers

SEPARATOR = ";\n\n"


def sqlite_statements() -> list[str]:
    """Tables, indexes, triggers and the search index for SQLite."""
    dialect = sqlite.dialect()
    statements = []
    for table in metadata.sorted_tables:
        statements.append(str(CreateTable(table).compile(dialect=dialect)).strip())
        statements += [
            str(CreateIndex(index).compile(dialect=dialect)).strip()
            for index in sorted(table.indexes, key=lambda index: str(index.name))
        ]
    return statements + sqlite_triggers()


if __name__ == "__main__":
    print(SEPARATOR.join(sqlite_statements()), end=";\n")
