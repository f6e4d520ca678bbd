"""The screen Assess."""
