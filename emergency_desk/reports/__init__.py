"""Paper: every printed document, from the frozen contents in `domain.sheets` to a file.

May import domain, wording and reportlab, which is used nowhere else. One file per paper; shared looks in page.py
and blocks.py. No store, no services: what is printed is handed in.
"""
