"""Who has not been reached (未联系人员名单), for those who go from door to door: by village with its sum, names with room to tick.

Where only a number is known it is said; nobody is left out because the sum counts them somewhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from emergency_desk.domain.expected_people import MissingPerson
from emergency_desk.domain.sheets import PaperSettings
from emergency_desk.domain.shelter_sheets import MissingListSheet
from emergency_desk.domain.texts import Text
from emergency_desk.reports.listing import Listing, pdf_writer
from emergency_desk.reports.page import in_paper
from emergency_desk.reports.tables import Band, Column, Row
from emergency_desk.wording.catalog import _, pgettext
from emergency_desk.wording.formats import date_time, number
from emergency_desk.wording.labels import label
from emergency_desk.wording.missing_words import beside_words, sum_words, why_words


def _listing(sheet: MissingListSheet, paper: PaperSettings) -> Listing:
    names = sum(len(one.people) for one in sheet.villages)
    told = (_("{incident} {title}　as of {time}").format(incident=sheet.incident.number, title=sheet.incident.title,
                                                      time=date_time(sheet.imprint.printed_at)),
            _("{missing} not reached by the sum of the villages; {names} missing by name, {by_number} known by number alone").format(
                missing=number(sum(max(0, one.unreached) for one in sheet.villages)), names=number(names),
                by_number=number(sum(one.by_number for one in sheet.villages))))
    columns = (Column(_("No."), 24, right=True), Column(pgettext("of a person", "Name"), 74), Column(pgettext("of a person", "Age"), 34),
               Column(_("Id, last four"), 46), Column(_("Phone"), 78), Column(pgettext("of a person", "Needs"), 96),
               Column(_("Why looked for"), 96),
               Column(_("Same name, perhaps them"), share=1), Column(_("Found: where, told by, time"), 138))
    return Listing(title=_("Not reached yet"), told=told, columns=columns, rows=tuple(_rows(sheet, paper)), imprint=sheet.imprint,
                   is_exercise=sheet.is_exercise,
                   notes=(_("The vulnerable stand first. What is written here may be used for this response alone and is destroyed when it "
                            "ends (Emergency Response Law Art. 85)."),))


def _rows(sheet: MissingListSheet, paper: PaperSettings) -> Iterator[Row]:
    numbers = count(1)
    for village in sheet.villages:
        group = village.group
        if group is None or village.sum is None:
            yield Band(_("Of no village that is to be moved, or of one nobody knows"))
        else:
            lead = " ".join(part for part in (group.lead, group.lead_phone) if part)
            yield Band("　".join(part for part in (group.name, sum_words(village.sum), lead) if part))
        for one in village.people:
            yield _line(next(numbers), one, paper)
        for words in beside_words(village):
            yield Band(f"▲ {words}", level=1)


def _line(place: int, one: MissingPerson, paper: PaperSettings) -> Row:
    person = one.person
    who = (person.name, person.age, person.id_tail, person.phone) if person is not None else (_("destroyed"), "", "", "")
    needs = _(", ").join(label(need) for need in one.expected.needs)
    note = person.note if person is not None else ""
    perhaps = "\n".join(in_paper(Text(line.shelter, line.shelter_en), paper) for line in one.perhaps)
    return [place, *who, "\n".join(part for part in (needs, note) if part), why_words(one.expected), perhaps, ""]


write = pdf_writer(_listing, pad=5.0)
