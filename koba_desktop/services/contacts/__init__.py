"""Reaching a client: the worklist, contact attempts, the letter that is offered."""
