"""The use cases of one desk, each a sentence."""
