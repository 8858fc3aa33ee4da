"""Joined SELECTs for screens and papers: they fill the frozen lines of `domain.boards` and `domain.sheets`.

Reading only, columns instead of entities, keyset paging for anything that can grow.
"""
