"""The timeline: the office's places by today's hours, each use with the pause behind it."""
