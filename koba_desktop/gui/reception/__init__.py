"""The reception: who is expected, waits, is in a talk, has gone; and the display in the hall."""
