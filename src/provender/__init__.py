"""Provender: from a health claim to your own answer."""

__version__ = "0.1.0"
