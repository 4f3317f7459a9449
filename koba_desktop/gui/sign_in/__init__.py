"""Signing in to the shared database, and what a person may do about the own password."""
