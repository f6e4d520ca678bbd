"""The screens: one folder each, found by ``discover``."""
