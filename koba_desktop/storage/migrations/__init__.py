"""Bringing a database up to date with Alembic; ``versions`` holds one module a revision."""
