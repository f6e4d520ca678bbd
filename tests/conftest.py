"""Fixtures for all tests; its place puts the shared strategies on the path."""
