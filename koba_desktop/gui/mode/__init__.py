"""The operating mode of the office: what holds, what is planned, what was decided."""
