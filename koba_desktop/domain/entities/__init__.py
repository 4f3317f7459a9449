"""The records of the data model, one module a subject. Field names are the column names."""
