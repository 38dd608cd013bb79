"""Drawings of the window, as SVG on a grid of 24 (icons) or 100 (verdicts)."""
