"""Printing through a real CUPS, and as pictures: what comes out is measured."""
