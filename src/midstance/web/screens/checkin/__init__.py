"""Check-in: the morning's answers."""
