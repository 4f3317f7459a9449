"""Finished pages read again: as pictures, as ink, and whether the window shows the address."""
