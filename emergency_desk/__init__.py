"""Emergency Desk: contingency plans, rescue teams, stockpiles and shelters, walked through three tiers."""

__version__ = "0.1.0"
