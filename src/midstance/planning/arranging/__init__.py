"""The parts of arrange: loads, doses, choice, time, and one module per family of sessions."""
