"""The history of the store's shape, one line of versions, each spelled out and never edited after a release.

Run by `store.opening` on a second copy of the file, with foreign keys off; migrations never import `store.rows`.
"""
