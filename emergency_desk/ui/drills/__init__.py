"""Drills: the programme, one drill with its script and log, and its evaluation."""
