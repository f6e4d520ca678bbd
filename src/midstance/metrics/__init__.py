"""Numbers derived from runs and sessions, one metric per file."""
