"""The audit: who did what, when and from which PC; read and exported by those entitled."""
