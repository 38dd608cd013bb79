"""Pure rules: no Qt, no SQL, no network, no file, no clock, no chance."""
