"""The session player's part of the interface: the session document, and the events that come back."""
