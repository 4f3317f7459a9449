"""The emergency desk: who is there, why it cannot wait, and the best place for it."""
