"""Appointments: booked, moved, changed, cancelled."""
