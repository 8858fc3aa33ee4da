"""The gap analysis of the resource survey: what plans ask for and the registers do not show, each gap a line of its own."""

from __future__ import annotations

from collections.abc import Iterator

from emergency_desk.domain.plan_markup import Words
from emergency_desk.domain.resource_survey import SurveySheet
from emergency_desk.domain.sheets import PaperSettings
from emergency_desk.domain.texts import Text
from emergency_desk.reports.document import Entries, Piece, prose, words
from emergency_desk.reports.page import in_paper
from emergency_desk.wording.catalog import _, ngettext
from emergency_desk.wording.formats import number


def gaps(sheet: SurveySheet, paper: PaperSettings) -> Iterator[Piece]:
    """Yield the gaps; none is said too."""
    found = tuple(_gaps(sheet, paper))
    if found:
        yield prose(_("Held against the plans in use, the registers show these gaps:"))
        yield Entries(found)
    else:
        yield prose(_("Held against the plans in use, the registers show no gap in teams and shelter places."))


def _gaps(sheet: SurveySheet, paper: PaperSettings) -> Iterator[Words]:
    for capacity in sheet.capacities:
        if capacity.gap:
            yield words(_("{capability}: {there} of {wanted} teams ({plan})").format(
                capability=in_paper(sheet.names.get(capacity.capability, Text(capacity.capability)), paper), there=number(capacity.teams),
                wanted=number(capacity.wanted), plan=in_paper(sheet.titles.get(capacity.plan, Text(capacity.plan)), paper)))
    for area, missing in sheet.holes:
        yield words(_("{area} has no team for: {capabilities}").format(area=in_paper(area, paper), capabilities=_(", ").join(
            in_paper(sheet.names.get(name, Text(name)), paper) for name in missing)))
    places = sheet.places
    if places.wanted > places.places:
        yield words(_("Places in shelters: {there} known of {wanted} ({plan})").format(
            there=number(places.places), wanted=number(places.wanted), plan=in_paper(sheet.titles.get(places.plan, Text(places.plan)), paper)))
    if places.unknown:
        yield words(ngettext("{count} shelter without a known capacity", "{count} shelters without a known capacity", places.unknown).format(
            count=number(places.unknown)))
    ended = [one for one in sheet.agreements if one.valid_until is not None and one.valid_until < sheet.today]
    if ended:
        yield words(_("Agreements that have ended: {partners}").format(partners=_(", ").join(one.partner for one in ended)))
    if sheet.without_phone:
        yield words(ngettext("{count} team without a duty phone", "{count} teams without a duty phone", sheet.without_phone).format(
            count=number(sheet.without_phone)))
    for one in sheet.goods if sheet.stock_lines else ():
        if one.gap:
            sentence = _("{item}: {there} of {wanted} {unit} ({plan})") if one.there is not None else _(
                "{item}: {wanted} {unit} asked for, and the stock keeps none of the kind ({plan})")
            yield words(sentence.format(
                item=in_paper(one.name, paper), there=number(one.there or 0), wanted=number(one.wanted), unit=in_paper(one.unit, paper),
                plan=in_paper(sheet.titles.get(one.plan, Text(one.plan)), paper)))
    if sheet.goods and not sheet.stock_lines:
        yield words(ngettext("{count} kind of goods that plans ask for cannot be checked, because no stock was entered",
                             "{count} kinds of goods that plans ask for cannot be checked, because no stock was entered",
                             len(sheet.goods)).format(count=number(len(sheet.goods))))
