"""The office's rooms: what each is now, until when, and what comes next."""
