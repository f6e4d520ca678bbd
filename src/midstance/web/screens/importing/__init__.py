"""Import: files, folders and archives with live progress, the running calendar, and what was done offline."""
