"""One short sound for each verdict."""
