"""The front desk: who is expected, waits, is in a talk, has gone."""
