"""Pieces that run inside somebody's open unit of work. They never open one and never commit."""
