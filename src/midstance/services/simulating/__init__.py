"""The made-up world of the simulation: people, their lives, what they do, and who judges what they were told."""
