"""How a sealed file of plans begins, so that every reader of other files can tell one for what it is."""

MAGIC = b"EDPLAN "


def is_of_plans(content: bytes) -> bool:
    """Say whether a file begins as a sealed file of plans does."""
    return content.startswith(MAGIC) and content[len(MAGIC):][:1].isdigit()
