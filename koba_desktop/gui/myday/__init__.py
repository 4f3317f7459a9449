"""Mein Tag: who is to be called, the call, and the letter when nobody answers."""
