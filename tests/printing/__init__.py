"""Tries the papers of stock on the system's own printing and in another office program. A command of its own, no part of the tests."""
