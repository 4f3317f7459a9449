"""Forms being filled: kept, found again, discarded."""
