"""Contingency plans on the screen: reading a plan, finding a clause in it, and seeing what a level brings."""
