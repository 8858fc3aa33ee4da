"""The tests on real plans are there where the plans are: they are official texts that do not ship with the tree."""

from tests.exchange.plan_words import NATION

collect_ignore = [] if NATION.exists() else ["test_plan_texts.py"]
