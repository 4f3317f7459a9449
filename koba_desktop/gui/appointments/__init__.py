"""The editor of one appointment."""
