"""Blocks at their places in time: what the calendar and the rooms' timeline have in common."""
