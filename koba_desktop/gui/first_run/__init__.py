"""The first start: look at a demonstration, or set up an office on this PC step by step."""
