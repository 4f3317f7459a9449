"""Operating mode of an office."""
