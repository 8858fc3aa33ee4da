"""Draft a report in the words of the desk's language: the facts from the store, the words from the catalogue, the draft back into the store."""

from __future__ import annotations

from emergency_desk.domain.areas import Tier
from emergency_desk.domain.errors import DeskError
from emergency_desk.domain.ids import Id
from emergency_desk.domain.report_drafts import PHONE_ELEMENTS, PHONE_IF_KNOWN, DraftBasis
from emergency_desk.domain.reporting import Channel
from emergency_desk.domain.reports import Element, Report, ReportFamily, ReportKind
from emergency_desk.services import reports
from emergency_desk.services.desk import Desk, Done
from emergency_desk.wording import drafting


def draft(
    desk: Desk, *, incident_id: Id, from_tier: Tier, to_tier: Tier, channel: Channel, family: ReportFamily = ReportFamily.INCIDENT,
    kind: ReportKind | None = None, signer: str = "", signer_post: str = "", said: dict[str, str] | None = None,
) -> Done[Report]:
    """Keep a draft whose elements are carried over from the record. `said`: what somebody wrote instead, by the name of the element."""
    basis = reports.read_basis(desk, incident_id=incident_id, from_tier=from_tier, to_tier=to_tier, channel=channel, family=family, kind=kind)
    return reports.draft_report(
        desk, incident_id=incident_id, from_tier=from_tier, to_tier=to_tier, channel=channel, family=family, kind=basis.kind,
        elements=elements_of(basis, said or {}), title=drafting.title_of(basis), signer=signer, signer_post=signer_post,
        follows_id=basis.previous.id if basis.previous else None)


def send(desk: Desk, report: Report, *, received_by: str = "", read_back: bool = False, follows_id: Id | None = None) -> Done[Report]:
    """Keep a report as it stands on a form and send it; a draft that is refused at the last moment is put away again."""
    draft = reports.draft_report(
        desk, incident_id=report.incident_id, from_tier=report.from_tier, to_tier=report.to_tier, channel=report.channel,
        elements=report.elements, title=report.title, kind=report.kind, family=report.family, signer=report.signer,
        signer_post=report.signer_post, secrecy=report.secrecy, urgency=report.urgency, copies_to=report.copies_to, follows_id=follows_id).value
    try:
        return reports.sign_and_send(desk, report_id=draft.id, received_by=received_by, read_back=read_back)
    except DeskError:
        reports.discard_draft(desk, report_id=draft.id)
        raise


def elements_of(basis: DraftBasis, said: dict[str, str]) -> tuple[Element, ...]:
    """Return the elements of a draft; the phone is told the short list (O21 Art. 10), and how many are to be moved where that is known."""
    elements = [Element(each.name, said[each.name]) if each.name in said else each for each in drafting.drafted(basis)]
    if basis.channel is Channel.PHONE:
        elements = [each for each in elements
                    if each.name in PHONE_ELEMENTS or each.name in said or (each.name in PHONE_IF_KNOWN and each.text)]
    return tuple(elements)
