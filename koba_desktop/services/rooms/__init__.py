"""Rooms of an office and today's bookings."""
