"""Bytes to values and back, one format per file."""
