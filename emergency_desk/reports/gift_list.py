"""Gifts received and used (捐赠物资接受使用情况公示表): from whom, what came, and where all of it is; to be put up, and as a workbook.

Source: 山东省突发事件应急保障条例 Art. 48 (接受与使用情况及时公开).
"""

from __future__ import annotations

from reportlab.lib.units import mm

from emergency_desk.domain.giving_out import GiftLine
from emergency_desk.domain.sheets import PaperSettings
from emergency_desk.domain.supply_sheets import GiftListSheet
from emergency_desk.domain.texts import Text
from emergency_desk.reports.listing import Listing, pdf_writer, xlsx_writer
from emergency_desk.reports.page import in_paper
from emergency_desk.reports.tables import Column, Row
from emergency_desk.wording.catalog import _, ngettext, pgettext
from emergency_desk.wording.counting import unit_word
from emergency_desk.wording.formats import calendar_day, date_time, number

_NUMBER = 17 * mm


def _listing(sheet: GiftListSheet, paper: PaperSettings) -> Listing:
    gifts = sheet.board.gifts
    count = ngettext("{count} donation, from {day} to {last}", "{count} donations, from {day} to {last}", len(gifts)).format(
        count=number(len(gifts)), day=calendar_day(gifts[-1].received_on), last=calendar_day(gifts[0].received_on))
    before = tuple(_("Published before: {at}, {place}").format(at=date_time(one.published_at), place=one.place)
                   for one in sheet.board.published[:1])
    columns = (Column(_("No."), 10 * mm, right=True), Column(pgettext("gift", "Received on"), 22 * mm),
               Column(pgettext("gift", "From whom"), 0, share=1.2),
               Column(pgettext("column", "Goods"), 0, share=1.4), Column(_("Unit"), 13 * mm),
               *(Column(name, _NUMBER, right=True) for name in (
                   pgettext("goods", "Received"), _("In depots"), _("On the road"), _("In use"), pgettext("gift", "To people"),
                   pgettext("gift", "Used up"), pgettext("gift", "Elsewhere"))))
    return Listing(
        title=_("Donations received and used"), told=(count, *before), columns=columns, imprint=sheet.imprint, is_exercise=sheet.is_exercise,
        rows=tuple(_row(place, one, paper) for place, one in enumerate(gifts, start=1)),
        notes=(_("Received = in depots + on the road + in use + to people + used up + elsewhere (scrapped, rotated, handed to another store, "
                 "lost). As the books stand at the time of printing."),
               _("Published as the Shandong Emergency Support Regulations require, Art. 48.")))


def _row(place: int, one: GiftLine, paper: PaperSettings) -> Row:
    return (place, calendar_day(one.received_on), one.donor or _("not named"), in_paper(Text(one.item, one.item_en), paper), unit_word(one.unit),
            one.received, one.on_hand, one.on_the_way, one.in_use, one.distributed, one.consumed, one.elsewhere)


write, write_xlsx = pdf_writer(_listing), xlsx_writer(_listing)
