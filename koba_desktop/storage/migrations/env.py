"""Alembic's environment: the connection and its transaction are the caller's."""

from alembic import context

from koba_desktop.storage.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=False,
)
context.run_migrations()
