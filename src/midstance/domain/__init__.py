"""Frozen values that everything else speaks about; standard library only, no input or output."""
