"""A realistic office of people who do not exist."""
