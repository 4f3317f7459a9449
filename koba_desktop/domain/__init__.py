"""What is true in the office: pure rules and records, standard library only."""
