"""Files in and out: event files, tables of registrations, exports."""
