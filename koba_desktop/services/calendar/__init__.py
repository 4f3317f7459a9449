"""What the calendar shows beside appointments: hours, closures, absences."""
