"""Small parts from which screens are made."""
