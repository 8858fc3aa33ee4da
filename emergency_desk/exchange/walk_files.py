"""Walk scripts read from text files, with every slip named: what, where, on which line, and the nearest right word.

The format is told in `plans/walks/README.md`. Which acts and figures there are is handed in: they are registries of `errands`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from difflib import get_close_matches

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.moments import from_local
from emergency_desk.domain.sites import SiteKind
from emergency_desk.domain.teams import TeamKind
from emergency_desk.domain.walks import (
    ActShape,
    ArgumentKind,
    ArgumentShape,
    City,
    Expectation,
    FigureShape,
    Given,
    GivenArea,
    GivenSite,
    GivenTeam,
    Step,
    Walk,
)
from emergency_desk.exchange.plan_files import CAPABILITIES
from emergency_desk.exchange.walk_moments import read_moment
from emergency_desk.exchange.yaml_places import Place, open_text

FORMAT = "1"
TIERS = (Tier.CITY, Tier.DISTRICT, Tier.STREET, Tier.VILLAGE)
STEP_KEYS = ("at", "tier", "as", "act", "name", "why", "expect", "refused")
_REFERENCES = frozenset({ArgumentKind.INCIDENT, ArgumentKind.CALL, ArgumentKind.ENTRY, ArgumentKind.TASK})
_CODE, _DECIMAL = r"[0-9]{2,12}", r"-?[0-9]{1,12}(\.[0-9]{1,9})?"
_NO_DAY = from_local(date(2000, 1, 1), 0, 0)  # a whole date needs nothing near
Names = dict[str, frozenset[ArgumentKind]]


class WalkReader:
    """Reads walks whose acts, figures and refusals are known."""

    def __init__(self, acts: Mapping[str, ActShape], figures: Collection[FigureShape], refusals: Collection[str]) -> None:
        self._acts, self._figures, self._refusals = acts, figures, refusals

    def read(self, text: str, name: str) -> Walk:
        """Read one walk. Raises BadFile naming line and place of the first slip."""
        root = open_text(text, name).only(required=("format", "title", "given", "steps"))
        if root.at("format").string() != FORMAT:
            root.at("format").wrong("unknown_format", root.at("format").string())
        title = root.at("title").text()
        given = _given(root.at("given"))
        return Walk(title=title.zh, title_en=title.en, given=given, steps=tuple(self._steps(root, given)))

    def _steps(self, root: Place, given: Given) -> Iterable[Step]:
        before, names = given.start, Names()
        places = list(root.each("steps"))
        if not places:
            root.at("steps").wrong("empty")
        for number, place in enumerate(places, start=1):
            step = self._step(place, number, before, names)
            if step.name:
                names[step.name] = self._acts[step.act].makes
            before = step.at
            yield step

    def _step(self, place: Place, number: int, before: datetime, names: Names) -> Step:
        mapping = place.mapping()
        act = place.at("act").string()
        shape = self._acts.get(act)
        if shape is None:
            place.at("act").wrong("unknown_act", word=act, nearest=_nearest(act, self._acts))
        for key in mapping:
            if key not in STEP_KEYS and key not in shape.arguments:
                place.at(key).wrong("unknown_argument", act=act, word=key, nearest=_nearest(key, [*shape.arguments, *STEP_KEYS]))
        at = _moment(place.at("at"), near=before) if place.has("at") else before
        if at < before:
            place.at("at").wrong("time_goes_back", place.at("at").string())
        arguments, moments = _arguments(place, shape, at, names)
        return Step(
            number=number, at=at, act=act, tier=Tier(_choice(place.at("tier"), [tier.value for tier in TIERS])) if place.has("tier") else None,
            account=_text(place, "as"), arguments=arguments, moments=moments, name=_text(place, "name"), why=_text(place, "why"),
            expectations=tuple(self._expectations(place)), refused=self._refused(place))

    def _expectations(self, place: Place) -> Iterable[Expectation]:
        if not place.has("expect"):
            return
        for figure in place.at("expect").mapping():
            wanted = place.at("expect").at(figure)
            if not any(shape.subject(figure) is not None for shape in self._figures):
                heads = [shape.written for shape in self._figures]
                wanted.wrong("unknown_figure", word=figure, nearest=_nearest(figure, heads))
            yield Expectation(figure, _texts(wanted) if isinstance(wanted.value, list) else wanted.string())

    def _refused(self, place: Place) -> str:
        word = _text(place, "refused")
        if word and word not in self._refusals:
            place.at("refused").wrong("unknown_refusal", word=word, nearest=_nearest(word, self._refusals))
        return word


# -- arguments --------------------------------------------------------------------------------------------------------
def _arguments(
    place: Place, shape: ActShape, at: datetime, names: Names,
) -> tuple[dict[str, str | tuple[str, ...]], dict[str, datetime]]:
    arguments: dict[str, str | tuple[str, ...]] = {}
    moments: dict[str, datetime] = {}
    for key, argument in shape.arguments.items():
        if not place.has(key):
            if argument.is_required:
                place.wrong("missing_key", key)
            continue
        if argument.kind is ArgumentKind.MOMENT:
            moments[key] = _moment(place.at(key), near=at)
        else:
            arguments[key] = _argument(place.at(key), argument, names)
    return arguments, moments


def _argument(place: Place, argument: ArgumentShape, names: Names) -> str | tuple[str, ...]:
    if argument.kind is ArgumentKind.TEXTS and isinstance(place.value, list):
        return _texts(place)
    if argument.kind is ArgumentKind.NUMBER:
        return str(place.whole_number())
    if argument.kind is ArgumentKind.DECIMAL:
        return place.matching(_DECIMAL, "not_a_number")
    if argument.kind is ArgumentKind.CHOICE:
        return _choice(place, argument.choices)
    if argument.kind in _REFERENCES and argument.kind not in names.get(place.string(), frozenset()):
        place.wrong("not_made_yet", word=place.string())
    return place.string(may_be_empty=argument.kind is ArgumentKind.TEXT)


def _moment(place: Place, *, near: datetime) -> datetime:
    try:
        return read_moment(place.string(), near=near)
    except ValueError:
        place.wrong("not_a_moment", place.string())


def _choice(place: Place, choices: Collection[str]) -> str:
    word = place.string()
    if word not in choices:
        place.wrong("unknown_choice", word=word, nearest=_nearest(word, choices))
    return word


def _texts(place: Place) -> tuple[str, ...]:
    return tuple(one.string() for one in place.entries())


def _text(place: Place, key: str) -> str:
    return place.at(key).string() if place.has(key) else ""


def _nearest(word: str, known: Iterable[str]) -> str:
    found = get_close_matches(word, list(known), n=1, cutoff=0.0)
    return found[0] if found else ""


# -- what is given ----------------------------------------------------------------------------------------------------
def _given(place: Place) -> Given:
    place.only("clock", "account", "area", "desk", "areas", "teams", "sites", required=("city", "date"))
    city = City(_choice(place.at("city"), [city.value for city in City]))
    if city is City.NOTHING:
        place.only("clock", "account", "areas", "teams", "sites", required=("city", "date", "area", "desk"))
    clock = place.at("clock") if place.has("clock") else None
    start = f"{_day(place, 'date')} {clock.string() if clock else '00:00'}"
    try:
        at = read_moment(start, near=_NO_DAY)
    except ValueError:
        (clock or place.at("date")).wrong("not_a_moment", start)
    return Given(
        city=city, start=at, account=_text(place, "account"), desk_code=_text(place, "desk"),
        area_code=place.at("area").matching(_CODE, "not_a_code") if place.has("area") else "",
        areas=tuple(_area(one) for one in place.each("areas")), teams=tuple(_team(one) for one in place.each("teams")),
        sites=tuple(_site(one) for one in place.each("sites")))


def _area(place: Place) -> GivenArea:
    place.only("code", "name_en", "latitude", "longitude", required=("name", "parent", "tier"))
    return GivenArea(
        name=place.at("name").string(), parent=place.at("parent").string(), tier=Tier(_choice(place.at("tier"), [tier.value for tier in TIERS])),
        code=place.at("code").matching(_CODE, "not_a_code") if place.has("code") else "", name_en=_text(place, "name_en"),
        latitude=_decimal(place, "latitude"), longitude=_decimal(place, "longitude"))


def _team(place: Place) -> GivenTeam:
    place.only("name_en", "latitude", "longitude", "phone", "vehicles", "channel", "muster_minutes", "radius_km", "may_cross_area",
               "agreement_until", "insured_until", "certificates", required=("name", "kind", "area", "capabilities"))
    return GivenTeam(
        name=place.at("name").string(), name_en=_text(place, "name_en"), area=place.at("area").string(),
        kind=TeamKind(_choice(place.at("kind"), [kind.value for kind in TeamKind])),
        capabilities=tuple(_choice(one, sorted(CAPABILITIES)) for one in place.each("capabilities")),
        latitude=_decimal(place, "latitude"), longitude=_decimal(place, "longitude"), phone=_text(place, "phone"),
        vehicles=_text(place, "vehicles"), channel=_text(place, "channel"),
        muster_minutes=place.at("muster_minutes").whole_number() if place.has("muster_minutes") else None,
        radius_km=_decimal(place, "radius_km"),
        may_cross_area=not place.has("may_cross_area") or _choice(place.at("may_cross_area"), ("yes", "no")) == "yes",
        agreement_until=_day(place, "agreement_until"), insured_until=_day(place, "insured_until"),
        certificates=tuple(_certificate(one) for one in place.each("certificates")))


def _certificate(place: Place) -> tuple[str, str, str]:
    place.only("number", "valid_until", required=("capability",))
    return _choice(place.at("capability"), sorted(CAPABILITIES)), _text(place, "number"), _day(place, "valid_until")


def _site(place: Place) -> GivenSite:
    place.only("capacity", "latitude", "longitude", required=("name", "kind", "area"))
    return GivenSite(
        name=place.at("name").string(), kind=SiteKind(_choice(place.at("kind"), [kind.value for kind in SiteKind])),
        area=place.at("area").string(), capacity=place.at("capacity").whole_number() if place.has("capacity") else None,
        latitude=_decimal(place, "latitude"), longitude=_decimal(place, "longitude"))


def _decimal(place: Place, key: str) -> float | None:
    return float(place.at(key).matching(_DECIMAL, "not_a_number")) if place.has(key) else None


def _day(place: Place, key: str) -> str:
    text = _text(place, key)
    try:
        return date.fromisoformat(text).isoformat() if text else ""
    except ValueError:
        place.at(key).wrong("not_a_date", text)
