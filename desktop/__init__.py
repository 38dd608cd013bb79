"""The desk of a forum: what a person sees and touches."""

__version__ = "0.1.0"
