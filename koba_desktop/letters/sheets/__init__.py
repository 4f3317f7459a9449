"""What is printed besides letters: lists, door plans, slips, the proof page."""
