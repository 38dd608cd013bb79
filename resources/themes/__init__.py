"""Style sheets of the window."""
