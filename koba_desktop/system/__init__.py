"""The PC: folders, printing, keys, clock."""
