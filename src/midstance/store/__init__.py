"""Where the diary is kept: memory, one SQLite file, or PostgreSQL. Rows of text; what they mean is told elsewhere."""
