"""Stockpiles: the long list of lots, an item whole with what can be had by when, the alarms, and the acts on goods."""
