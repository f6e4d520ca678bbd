"""The diary as such."""
