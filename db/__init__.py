"""Everything a desk knows and decides, without a window."""
