"""Offices, staff, settings: what the administration keeps, and the status bar."""
