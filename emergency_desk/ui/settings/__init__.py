"""Screens of the desk's own settings: who works it."""
