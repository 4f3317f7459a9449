"""SQLAlchemy: tables, queries, unit of work, migrations, backup."""
