"""A realistic made-up office for demonstrations, benchmarks and tests. Nobody in it exists."""
