"""Screens of the units an officer must reach and of the sites to know: a list with its detail, and a form each."""
