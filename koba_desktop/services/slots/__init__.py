"""Free slots, and why a slot is not free."""
