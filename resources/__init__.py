"""Data: events, badges, words, sounds, icons, fonts; imports nothing of ours."""
