"""Working on while the server is away: a snapshot to read, a queue of what was put in."""
