"""Queries made for a screen: single joined statements into frozen rows."""
