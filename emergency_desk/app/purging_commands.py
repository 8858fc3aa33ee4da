"""The destruction of personal data from the command line: put off, lifted, done with a certificate, older copies destroyed. Never loads Qt."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime

from emergency_desk.app import paths
from emergency_desk.app.answers import DONE, REFUSED, print_json
from emergency_desk.app.typed_moments import typed_moment
from emergency_desk.domain.errors import FieldMissing, NothingToPrint
from emergency_desk.domain.ids import Id
from emergency_desk.domain.purging import Certificate, Remnant, RemnantKind
from emergency_desk.domain.sheets import PaperSettings
from emergency_desk.errands import level_numerals, purging
from emergency_desk.errands.papers import CERTIFICATE, PaperAsked, keep_paper, read_sheet, set_paper
from emergency_desk.services import purging as service
from emergency_desk.services.desk import Desk
from emergency_desk.services.papers import find_incident
from emergency_desk.wording.catalog import _, current_language, ngettext
from emergency_desk.wording.formats import date_time, number


def purge(asked: argparse.Namespace, desk: Desk) -> int:
    """Hold, lift, destroy, or destroy older copies, as asked; without --confirm only tell what would go."""
    incident = find_incident(desk, number=asked.incident)
    if asked.hold:
        return _hold(asked, desk, incident.id)
    if asked.lift:
        item = service.lift_hold(desk, incident_id=incident.id, reason=asked.lift).value
        return _say(asked, {"incident": incident.number, "due_at": item.due_at}, _("The hold is lifted: the destruction is due now."))
    if asked.destroy_older:
        return _destroy_older(asked, desk, incident.id, incident.number)
    if not asked.confirm:
        return _tell_what_goes(asked, desk, incident.id)
    told = purging.destroy(desk, incident_id=incident.id, decided_by=asked.decided_by, note=asked.note)
    return _tell(asked, desk, told)


def _hold(asked: argparse.Namespace, desk: Desk, incident_id: Id) -> int:
    until = typed_moment(asked.until_at, "until")
    if until is None:
        raise FieldMissing(name="until_at")
    item = service.hold(desk, incident_id=incident_id, until=until, assessment=asked.hold).value
    return _say(asked, {"until": item.due_at, "assessment": item.note}, _("The names are kept until {until} by the written assessment.").format(
        until=date_time(item.due_at or until)))


def _tell_what_goes(asked: argparse.Namespace, desk: Desk, incident_id: Id) -> int:
    held = service.held(desk, incident_id=incident_id)
    papers = purging.papers_with_names(service.papers_folder(desk), held)
    if asked.json:
        print_json({"incident": held.incident.number, "records": held.records, "papers": [one.name for one in papers], "is_done": False})
        return REFUSED
    words = ngettext("{count} record with names of incident {number} would be destroyed for good. Nothing was done: add --confirm.",
                     "{count} records with names of incident {number} would be destroyed for good. Nothing was done: add --confirm.",
                     held.records)
    print(words.format(count=number(held.records), number=held.incident.number), file=sys.stderr)
    for one in papers:
        print(_("{name} holds names.").format(name=one.name), file=sys.stderr)
    return REFUSED


def _destroy_older(asked: argparse.Namespace, desk: Desk, incident_id: Id, of_incident: str) -> int:
    found = service.newest_check(desk, incident_id=incident_id)
    if found is None:
        raise NothingToPrint(name=CERTIFICATE, number=of_incident)
    purge_id, check = found
    if not asked.confirm:
        for one in check.older:
            print(_remnant(one), file=sys.stderr)
        print(_("These would be destroyed for good. Nothing was done: add --confirm.") if check.may_be_destroyed else _(
            "No older backup and no paper with names is left."), file=sys.stderr)
        return REFUSED if check.may_be_destroyed else DONE
    return _tell(asked, desk, purging.destroy_older(desk, purge_id=purge_id).value)


def _tell(asked: argparse.Namespace, desk: Desk, told: Certificate) -> int:
    """Write the certificate out, and tell what was found and what is left."""
    settings = PaperSettings(current_language(), paths.fonts(), numerals=level_numerals.read(desk))
    sheet = read_sheet(desk, PaperAsked(CERTIFICATE, about_id=told.purge.id))
    printed = set_paper(sheet, asked.out, settings) if asked.out else keep_paper(sheet, service.papers_folder(desk), settings)
    check = told.check
    older = check.older if check is not None else ()
    if asked.json:
        print_json({"certificate": told.purge.number, "records": told.purge.records, "people": told.purge.people,
                    "is_clean": check is not None and check.is_clean, "found": check.found if check is not None else None,
                    "older": [{"kind": one.kind.value, "name": one.name} for one in older], "path": str(printed.path)})
        return DONE
    words = ngettext("Certificate {certificate}: {count} record is destroyed.", "Certificate {certificate}: {count} records are destroyed.",
                     told.purge.records)
    print(words.format(certificate=told.purge.number, count=number(told.purge.records)))
    if check is not None and not check.is_clean:
        print(_("NOT CLEAN: close every other program that has the store open, and look it over again."), file=sys.stderr)
    for one in older:
        print(_remnant(one), file=sys.stderr)
    if check is not None and check.may_be_destroyed:
        print(_("--destroy-older --confirm destroys these backups and papers."), file=sys.stderr)
    print(printed.path)
    return DONE


def _remnant(one: Remnant) -> str:
    words = {RemnantKind.BACKUP: _("Older backup, names may stand in it: {name} ({at})"), RemnantKind.PAPER: _("Paper with names: {name} ({at})"),
             RemnantKind.DRAFT: _("A call form that was not saved, without these names ({at})")}[one.kind]
    return words.format(name=one.name, at=date_time(one.made_at))


def _say(asked: argparse.Namespace, record: dict[str, object], words: str) -> int:
    if asked.json:
        print_json({name: value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value for name, value in record.items()})
    else:
        print(words)
    return DONE


