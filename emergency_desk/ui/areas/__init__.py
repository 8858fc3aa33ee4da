"""The page on which the tree of areas is kept."""
