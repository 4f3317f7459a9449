"""One letter: composed, drawn alone or among thousands, copied for the archive."""
