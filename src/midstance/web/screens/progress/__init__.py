"""The screen Progress."""
