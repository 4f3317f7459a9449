"""The outbox: what is to be clarified, printed, posted; with a preview of each letter."""
