"""Bytes for each kind of printer (pure), and the thin ends that carry them."""
