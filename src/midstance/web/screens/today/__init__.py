"""Today: what to do, and why."""
