"""Administration: what offices are, who works there, when and where, and by which settings."""
