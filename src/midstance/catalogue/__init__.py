"""Data records: exercises, sources, phases; loaded strictly."""
