"""Isolation, observation and emergency medical sites: a board of their own, never among shelters."""
