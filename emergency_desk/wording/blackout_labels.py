"""The labels of the black-out pack: kinds of cards, and what stands written on them."""

from __future__ import annotations

from emergency_desk.wording.catalog import N_

BLACKOUT_WORDS: dict[str, dict[str, str]] = {
    "CardKind": {
        "card_task": N_("task card"), "card_team": N_("line of a team"), "card_shelter": N_("count sheet"), "card_release": N_("pick list"),
        "card_log": N_("log sheet"),
    },
    "Keyed": {
        "keyed_done": N_("carried out"), "keyed_skipped": N_("not done, with the reason"), "keyed_receipt": N_("receipt of the order"),
        "keyed_en_route": N_("on the way"), "keyed_on_scene": N_("at the scene"), "keyed_working": N_("at work"),
        "keyed_withdrawing": N_("coming back"), "keyed_returned": N_("back at its post"), "keyed_heads": N_("head count"),
        "keyed_picked": N_("all picked"), "keyed_words": N_("words for the log"),
    },
}
