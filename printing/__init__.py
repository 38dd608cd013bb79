"""From an attendee to paper: pages as data, exact dots, bytes, wires."""
