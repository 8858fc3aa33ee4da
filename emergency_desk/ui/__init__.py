"""Screens: all Qt, and Qt nowhere else.

May import errands, services, wording and domain. A screen asks through the background and waits to be answered;
it never touches the store, and re-reads after a change set that names its subjects.
One folder per subject; what several screens share lies in `widgets`.
"""
