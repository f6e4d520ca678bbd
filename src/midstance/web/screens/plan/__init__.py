"""The plan as a calendar."""
