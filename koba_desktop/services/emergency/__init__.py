"""Emergencies: the ladder of places, and taking one of its rungs."""
