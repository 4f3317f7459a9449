"""Clients: the card, the editor's profile, saving, importing."""
