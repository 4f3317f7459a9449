"""The shared database: what is PostgreSQL's own."""
