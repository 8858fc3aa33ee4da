"""The tables, one file per subject: columns, keys, indexes and nothing that thinks.

Migrations spell their own tables out and never import this folder.
"""
