"""The shared database: a real PostgreSQL, started by the tests themselves."""
