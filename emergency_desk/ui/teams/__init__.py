"""Screens of the register of teams: the long list with its detail, the form, what expires, the state board.

Units and sites lie in `ui.units` and take the form's pieces from here; nothing of a running incident belongs here.
"""
