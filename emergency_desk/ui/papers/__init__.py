"""Papers on the screen: which one, in which language, how it will look, and printing it.

What stands on a paper is gathered and set by `errands.papers`; here it is only chosen, filled in and looked at.
"""
