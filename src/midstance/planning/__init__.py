"""From facts to a proven plan: prepare, compile, search, relax, check, arrange, explain."""
