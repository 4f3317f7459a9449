"""koba-desktop-admin."""
