"""Scanners: keys that belong to a code are told apart from keys that a person types."""
