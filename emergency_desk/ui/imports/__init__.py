"""The page on which foreign lists are looked at and taken."""
