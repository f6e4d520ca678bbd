"""The screen Exercises."""
