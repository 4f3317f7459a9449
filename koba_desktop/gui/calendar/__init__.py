"""The calendar: day and week, drawn by one list view so that a screen reader hears every block."""
