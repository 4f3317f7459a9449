"""The use cases: a command comes in, one transaction happens, a ChangeSet comes out."""
