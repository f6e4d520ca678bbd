"""One function per use case; files are read here."""
