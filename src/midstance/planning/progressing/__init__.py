"""What the log says: bouts, ladders, verdicts, pain, breaks and trends, each in its own file."""
