"""Emergency Desk: contingency plans, rescue teams, stockpiles and shelters, walked through three tiers."""

__version__ = "0.2.0"
