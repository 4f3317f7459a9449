"""One field that finds clients, appointments by their reference, and every command."""
