"""Records in, records out, one file per subject, inside somebody's open unit of work.

A repository never commits and never decides: rules belong to `domain`, the order of acts to `services`.
"""
