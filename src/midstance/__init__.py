"""Strength and mobility for runners, planned around their real running."""

__version__ = "0.1.0"
