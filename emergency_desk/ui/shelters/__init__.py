"""Shelters and evacuation: which stand open, how full they are, and where the people of each village are."""
