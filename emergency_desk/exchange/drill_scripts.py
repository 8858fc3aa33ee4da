"""Reads and writes a `.drill` file: the format is told in `plans/drills/README.md`. A slip is named with its line and place."""

from __future__ import annotations

from emergency_desk.domain.drill_scripts import DrillScript, ScriptedInject
from emergency_desk.domain.drills import DrillForm, DrillPurpose, DrillScope
from emergency_desk.domain.texts import Text
from emergency_desk.exchange.yaml_places import Place, open_text
from emergency_desk.exchange.yaml_writing import bilingual, field

FORMAT = "1"
_ID = r"[a-z][a-z0-9_]{0,59}"
_REQUIRED = ("format", "id", "title", "plan", "form", "scope", "purpose", "heads", "scenario", "aims", "stop_conditions", "injects")


def read_drill_script(text: str, name: str) -> DrillScript:
    """Read the text of a file. Raises BadFile."""
    file = open_text(text, name).only(required=_REQUIRED)
    if file.at("format").string() != FORMAT:
        file.at("format").wrong("unknown_format", file.at("format").string())
    injects = tuple(_inject(place) for place in file.each("injects"))
    if not injects:
        file.at("injects").wrong("empty")
    if [one.at_minutes for one in injects] != sorted(one.at_minutes for one in injects):
        file.at("injects").wrong("not_rising", "injects")
    heads = file.at("heads").whole_number()
    if not heads:
        file.at("heads").wrong("not_a_number", "0")
    return DrillScript(
        id=file.at("id").matching(_ID, "not_an_id"), title=file.at("title").text(), plan_code=file.at("plan").string(may_be_empty=True),
        form=file.at("form").member(DrillForm), scope=file.at("scope").member(DrillScope), purpose=file.at("purpose").member(DrillPurpose),
        heads=heads, scenario=file.at("scenario").text(), aims=tuple(place.text() for place in file.each("aims")),
        stop_conditions=tuple(place.text() for place in file.each("stop_conditions")), injects=injects)


def _inject(place: Place) -> ScriptedInject:
    place.only("limit", "takes", required=("at", "to", "text", "expected"))
    return ScriptedInject(
        at_minutes=place.at("at").whole_number(), to_whom=place.at("to").text(), text=place.at("text").text(),
        expected=place.at("expected").text(), limit_minutes=_minutes(place, "limit"), takes_minutes=_minutes(place, "takes"))


def _minutes(place: Place, key: str) -> int | None:
    return place.at(key).whole_number() if place.has(key) else None


def write_drill_script(script: DrillScript, *, remarks: tuple[str, ...] = ()) -> str:
    """Return a drill as the text of its file, which reads back as it was."""
    lines = [*(f"# {remark}" for remark in remarks), f"format: {FORMAT}", f"id: {script.id}", *bilingual(0, "title", script.title),
             *field(0, "plan", script.plan_code), f"form: {script.form.value}", f"scope: {script.scope.value}",
             f"purpose: {script.purpose.value}", f"heads: {script.heads}", *bilingual(0, "scenario", script.scenario)]
    for key, texts in (("aims", script.aims), ("stop_conditions", script.stop_conditions)):
        lines += [f"{key}:", *(line for text in texts for line in _entry(text))]
    lines.append("injects:")
    for one in script.injects:
        lines += [f"  - at: {one.at_minutes}", *bilingual(4, "to", one.to_whom), *bilingual(4, "text", one.text),
                  *bilingual(4, "expected", one.expected)]
        lines += [f"    {key}: {minutes}" for key, minutes in (("limit", one.limit_minutes), ("takes", one.takes_minutes)) if minutes is not None]
    return "\n".join(lines) + "\n"


def _entry(text: Text) -> list[str]:
    first, *rest = [*field(4, "zh", text.zh), *(field(4, "en", text.en) if text.en else [])]
    return [f"  - {first.lstrip()}", *rest]
