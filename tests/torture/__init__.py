"""Torture: what an office does to a desk in ten years, in ten minutes. `python -m tests.torture` runs all of it and prints a table."""
