"""What needs several rooms: take an import, print a paper, assign, export, run a walk; the helper process.

May import services, reports, exchange, assignment, wording and domain. Written once, called by window and command
line alike. No Qt, no SQL: what is kept goes through services.
"""
