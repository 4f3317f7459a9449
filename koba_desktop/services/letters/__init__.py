"""Letters: made, held, printed, posted."""
