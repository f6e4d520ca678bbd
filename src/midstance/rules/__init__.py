"""The rules of the method: one object in one file each."""
