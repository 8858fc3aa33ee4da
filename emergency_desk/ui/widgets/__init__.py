"""Parts that several screens share: panels, pills, lists, pickers. They show what they are given and ask nobody.

Each paints from the tokens of `ui.theme`. What belongs to one subject lies in that subject's folder.
"""
