"""The audit viewer, for those entitled."""
