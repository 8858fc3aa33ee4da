"""What is asked of the register of stock, in the small form of a page: items, depots and their bins, targets, what others promised."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from emergency_desk.domain.errors import DeskError, FieldUnreadable
from emergency_desk.domain.ids import Id
from emergency_desk.domain.sites import Site
from emergency_desk.domain.stock_boards import ItemPage
from emergency_desk.domain.supplies import Depot, DepotKind, PackUnit, ReserveKind, ReserveOwner, StockTarget, SupplyItem, SupplyPromise
from emergency_desk.services import supplies
from emergency_desk.services.desk import Done
from emergency_desk.services.supplies import KnownDepot
from emergency_desk.ui.incidents.inline_form import Answers, Ask, AskChoice, AskPlace, InlineForm
from emergency_desk.ui.supplies.reading_amounts import as_amount
from emergency_desk.ui.supplies.stock_acts import NarrowChoice
from emergency_desk.ui.teams.reading_fields import as_date, as_number
from emergency_desk.ui.teams.team_lines import in_words
from emergency_desk.ui.widgets.area_picker import Candidate
from emergency_desk.ui.workplace import Workplace
from emergency_desk.wording.catalog import _
from emergency_desk.wording.labels import field_label, label

_MOST_OFFERED = 12
_PACK = re.compile(r"\s*([^\d=＝]+?)\s*[=＝]\s*(\d{1,9})\s*")
_NUMBERS = ("docks", "forklifts", "largest_truck_tonnes", "loading_minutes")


class RegisterActs:
    """Asks and keeps; a refusal stays in the form."""

    def __init__(self, place: Workplace, form: InlineForm) -> None:
        self.place, self.form = place, form

    # -- items ---------------------------------------------------------------------------------------------------------
    def item(self) -> None:
        """Ask for a new item: a class of the catalogue, or an own code."""
        fields = (
            AskPlace(name="code", label=field_label("code"), candidates=self.find_classes), Ask(name="name", label=field_label("name")),
            Ask(name="unit", label=field_label("unit"), hint="条"), Ask(name="specification", label=field_label("specification")),
            Ask(name="packs", label=field_label("packs"), hint="箱=24；托=1440"),
            Ask(name="shelf_months", label=field_label("shelf_months"), hint="36"), Ask(name="name_en", label=field_label("name_en")))
        self.form.ask(_("A new item"), fields, _("Save"), self._item,
                      note=_("The code is a class of the catalogue, found by name or number, or your own: x- and what you like."))

    def _item(self, answers: Answers) -> None:
        def read() -> SupplyItem:
            code = answers["code"] or answers["address"].strip()
            known = self.place.desk.trade.catalogue.by_code.get(code)
            return SupplyItem(
                id=Id(""), code=code, name=answers["name"] or (known.name.zh if known else ""), unit=answers["unit"],
                name_en=answers["name_en"], specification=answers["specification"], packs=as_packs(answers["packs"]),
                shelf_months=as_number("shelf_months", answers["shelf_months"]))

        self._keep(read, lambda item: supplies.keep_item(self.place.desk, item=item),
                   lambda item: _("{item} is kept. Ctrl+N takes goods in.").format(item=in_words(item.name, item.name_en)))

    def packs(self, item: SupplyItem) -> None:
        """Ask what the packs of an item hold from now on; lots that are there keep theirs."""
        fields = (Ask(name="packs", label=field_label("packs"), hint="箱=24；托=1440",
                      value="；".join(f"{pack.name}={pack.holds}" for pack in item.packs)),
                  Ask(name="reason", label=field_label("reason"), hint=_("the maker packs 20 into a box now")))
        self.form.ask(
            _("What a pack of {item} holds").format(item=in_words(item.name, item.name_en)), fields, _("Change the packs"),
            lambda answers: self._keep(
                lambda: replace(item, packs=as_packs(answers["packs"])),
                lambda changed: supplies.keep_item(self.place.desk, item=changed, reason=answers["reason"]),
                lambda kept: _("Packs of {item} are changed.").format(item=in_words(kept.name, kept.name_en))),
            note=_("It holds for what comes in from now on. A box of a lot that is there holds what it held when the lot came."))

    def find_classes(self, text: str) -> Sequence[Candidate]:
        """Return the classes of the catalogue that fit what is typed; what the scan left in doubt is told with them."""
        found = self.place.desk.trade.catalogue.find(text, limit=_MOST_OFFERED) if text.strip() else ()
        return [(one.code, in_words(one.name.zh, one.name.en), " · ".join(part for part in (
            one.code, _("code in doubt: {doubt}").format(doubt=one.doubt) if one.doubt else "") if part)) for one in found]

    # -- depots --------------------------------------------------------------------------------------------------------
    def depot(self, sites: Sequence[Site], known: Sequence[KnownDepot], *, chosen: str = "") -> None:
        """Ask what a site is as a store of goods: one that is none yet, or one that is; a chosen one with what is known of it."""
        depots = {one.site.id: one.depot for one in known}
        is_ = depots.get(Id(chosen))
        named = next((site for site in sites if site.id == chosen), None)
        first = named or next((site for site in sites if site.id not in depots), sites[0] if sites else None)
        if first is None:
            self.place.window.notices.refuse(_("There is no depot among the sites yet. Add one under Sites first."))
            return
        as_is = [("", _("as it is"))]
        choices = [(site.id, in_words(site.name, site.name_en)) for site in sorted(sites, key=lambda site: (site.id in depots, site.name))]
        fields = (
            NarrowChoice(name="site_id", label=field_label("site_id"), choices=choices, value=first.id),
            AskChoice(name="kind", label=field_label("kind"), choices=[*as_is, *((one.value, label(one)) for one in DepotKind)],
                      value=is_.kind.value if is_ else ""),
            AskChoice(name="owner", label=field_label("owner"), choices=[*as_is, *((one.value, label(one)) for one in ReserveOwner)],
                      value=is_.owner.value if is_ else ""),
            *self._depot_facts(is_), Ask(name="bin", label=_("A first bin"), hint="A-01"))
        phones = {site.id: site.phone for site in sites}
        self.form.ask(_("A site as a depot"), fields, _("Save"), lambda answers: self._depot(answers, depots, phones),
                      note=_("What is left empty stays as it is."))

    def _depot_facts(self, depot: Depot | None) -> list[Ask]:
        """Return the fields of who keeps a depot and what a lorry finds there, with what is known."""
        words = {"keeper": field_label("keeper"), "phone": _("24-hour phone"), "kept_for": field_label("kept_for"),
                 **{name: field_label(name) for name in (*_NUMBERS, "loading_note")}}
        known = {name: getattr(depot, name, None) for name in words}
        return [Ask(name=name, label=told, value="" if known[name] is None else str(known[name])) for name, told in words.items()]

    def _depot(self, answers: Answers, depots: dict[Id, Depot], phones: dict[Id, str]) -> None:
        site_id, desk = Id(answers["site_id"]), self.place.desk
        before = depots.get(site_id, Depot(site_id, DepotKind.WAREHOUSE, phone=phones.get(site_id, "")))
        zone, _dash, bin_ = answers["bin"].partition("-")

        def read() -> Depot:
            told: dict[str, Any] = {name: as_number(name, answers[name]) for name in _NUMBERS if answers[name]}
            told |= {name: answers[name] for name in ("keeper", "phone", "kept_for", "loading_note") if answers[name]}
            kind, owner = answers["kind"], answers["owner"]
            return replace(before, kind=DepotKind(kind) if kind else before.kind, owner=ReserveOwner(owner) if owner else before.owner, **told)

        def keep(depot: Depot) -> Done[Any]:
            done = supplies.keep_depot(desk, depot=depot)
            return supplies.add_place(desk, site_id=site_id, zone=zone, bin_=bin_) if zone.strip() else done

        self._keep(read, keep, lambda _kept: _("The depot is kept."))

    # -- targets and promises ------------------------------------------------------------------------------------------
    def target(self, page: ItemPage, known: StockTarget | None = None) -> None:
        """Ask how much there should be of an item; a known target comes with its numbers."""
        namer, own = self.place.namer(), self.place.desk.area_id
        below = sorted(self.place.desk.memory.tree().living_children(own), key=lambda area: (area.code, area.name))
        areas = [(f"area:{own}", namer.area(own)), *((f"area:{area.id}", namer.area(area.id)) for area in below)]
        places = [*areas, *((f"site:{id_}", in_words(*names)) for id_, names in page.site_names.items())]
        fields = (
            AskChoice(name="kind", label=field_label("kind"), choices=[(one.value, label(one)) for one in ReserveKind],
                      value=known.kind.value if known else ""),
            NarrowChoice(name="place", label=field_label("place"), choices=places, value=_place_key(known)),
            *(Ask(name=name, label=field_label(name), value=_written(getattr(known, name, None))) for name in ("minimum", "target", "most")),
            Ask(name="basis", label=_("Rests on"), value=known.basis if known else ""))
        self.form.ask(_("How much there should be of {item}").format(item=in_words(page.item.name, page.item.name_en)), fields, _("Save"),
                      lambda answers: self._target(page, answers), note=_("For production capacity the numbers are units a day."))

    def _target(self, page: ItemPage, answers: Answers) -> None:
        def read() -> StockTarget:
            sort, _colon, id_ = answers["place"].partition(":")
            most = answers["most"]
            return StockTarget(
                id=Id(""), item_id=page.item.id, kind=ReserveKind(answers["kind"]), minimum=self._count(page, "minimum", answers),
                target=self._count(page, "target", answers), most=self._count(page, "most", answers) if most else None,
                area_id=Id(id_) if sort == "area" else None, site_id=Id(id_) if sort == "site" else None, basis=answers["basis"])

        self._keep(read, lambda target: supplies.keep_target(self.place.desk, target=target), lambda _kept: _("The target is kept."))

    def promise(self, page: ItemPage) -> None:
        """Ask what somebody promised of an item: a delivery, or production."""
        kinds = (ReserveKind.CONTRACT, ReserveKind.CAPACITY)
        fields = (
            Ask(name="partner", label=field_label("partner")),
            AskChoice(name="kind", label=field_label("kind"), choices=[(one.value, label(one)) for one in kinds]),
            Ask(name="number", label=field_label("number")), Ask(name="quantity", label=_("Quantity, or units a day")),
            Ask(name="after", label=_("Hours to deliver, or days to start up")), Ask(name="contact", label=field_label("contact")),
            Ask(name="phone", label=field_label("phone")), Ask(name="signed_on", label=field_label("signed_on"), hint="2026-01-31"),
            Ask(name="valid_until", label=field_label("valid_until"), hint="2027-01-31"),
            Ask(name="terms", label=field_label("terms"), is_long=True))
        self.form.ask(_("What somebody promised of {item}").format(item=in_words(page.item.name, page.item.name_en)), fields, _("Save"),
                      lambda answers: self._promise(page, answers))

    def _promise(self, page: ItemPage, answers: Answers) -> None:
        def read() -> SupplyPromise:
            kind, after = ReserveKind(answers["kind"]), as_number("after", answers["after"]) or 0
            amount = self._count(page, "quantity", answers)
            is_contract = kind is ReserveKind.CONTRACT
            return SupplyPromise(
                id=Id(""), kind=kind, item_id=page.item.id, partner=answers["partner"], number=answers["number"],
                quantity=amount if is_contract else 0, call_off_hours=after if is_contract else 0, start_up_days=0 if is_contract else after,
                units_a_day=0 if is_contract else amount, contact=answers["contact"], phone=answers["phone"], terms=answers["terms"],
                signed_on=as_date("signed_on", answers["signed_on"]), valid_until=as_date("valid_until", answers["valid_until"]),
                area_id=self.place.desk.area_id)

        self._keep(read, lambda promise: supplies.keep_promise(self.place.desk, promise=promise),
                   lambda promise: _("What {partner} promised is kept.").format(partner=promise.partner))

    # -- what they share -----------------------------------------------------------------------------------------------
    def _count(self, page: ItemPage, name: str, answers: Answers) -> int:
        quantity, unit = as_amount(name, answers[name])
        return page.item.in_units(quantity, unit)

    def _keep(self, read: Callable[[], Any], keep: Callable[[Any], Done[Any]], told: Callable[[Any], str]) -> None:
        try:
            record = read()
        except DeskError as error:
            self.form.refused(error)
            return

        def done(answer: Done[Any]) -> None:
            self.form.put_away()
            self.place.window.notices.done(told(answer.value))

        self.place.ask(lambda: keep(record), then=done, refused=self.form.refused)


def _place_key(target: StockTarget | None) -> str:
    """Return the key of a target's place among the choices of the form."""
    if target is None:
        return ""
    return f"area:{target.area_id}" if target.area_id else f"site:{target.site_id}"


def _written(number: int | None) -> str:
    return "" if number is None else str(number)


def as_packs(typed: str) -> tuple[PackUnit, ...]:
    """Read "箱=24；托=1440". Raises FieldUnreadable."""
    made = []
    for part in re.split(r"[;；,，、]", typed):
        if part.strip():
            found = _PACK.fullmatch(part)
            if found is None:
                raise FieldUnreadable(name="packs", typed=part, expected=_("a pack and how many it holds, such as 箱=24"))
            made.append(PackUnit(found[1], int(found[2])))
    return tuple(made)
