"""One clear sentence for every DeskError: what is wrong, what to do about it, and the article it rests on.

Errors carry values; here they become words. A class without a sentence of its own takes that of its family,
and a test sees to it that none does so by mistake.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from emergency_desk.domain import errors
from emergency_desk.domain.drill_errors import DrillNotReady, TwinClosed
from emergency_desk.domain.errors import DeskError
from emergency_desk.domain.plan_errors import PlanNotWhole
from emergency_desk.domain.shelter_errors import PurgeTooEarly, ShelterUnfit
from emergency_desk.wording import bundle_words, file_reasons, formats, plan_import_words
from emergency_desk.wording.backup_words import BACKUP_SENTENCES
from emergency_desk.wording.catalog import N_, _, current_language
from emergency_desk.wording.drill_refusals import DRILL_SENTENCES, tell_not_ready, tell_twin_closed
from emergency_desk.wording.key_refusals import KEY_SENTENCES
from emergency_desk.wording.labels import field_label, has_label, label
from emergency_desk.wording.people_words import PEOPLE_SENTENCES, tell_too_early
from emergency_desk.wording.placing_refusals import PLACING_SENTENCES
from emergency_desk.wording.plan_refusals import PLAN_SENTENCES
from emergency_desk.wording.refusal_telling import Telling, by_reason
from emergency_desk.wording.shelter_refusals import SHELTER_SENTENCES, tell_unfit
from emergency_desk.wording.stock_refusals import STOCK_FIELD_REASONS, STOCK_REASONS, STOCK_SENTENCES


class _Words(dict[str, str]):
    """Values as words; a value that was not given reads as "…" rather than breaking the sentence that warns."""

    def __missing__(self, _key: str) -> str:
        return "…"


def sentence(error: DeskError) -> str:
    """Return the whole sentence of a refusal, with its remedy and, where it has one, its article."""
    words = _Words({name: word(value) for name, value in error.values.items()})
    telling = next(_TELL[kind] for kind in type(error).__mro__ if kind in _TELL)
    told = telling(words, error) if callable(telling) else _(telling).format_map(words)
    basis = _basis_of(error)
    return _("{sentence} ({basis})").format(sentence=told, basis=basis) if basis else told


def _basis_of(error: DeskError) -> str:
    given = error.values.get("basis")
    if given:
        return word(given)
    reason = error.values.get("reason")
    return _(_BASIS.get((type(error), str(reason)), _BASIS.get((type(error), ""), "")))


def word(value: Any) -> str:
    """Return a value of an error as a reader expects it: labels, local times, lists with commas."""
    if value is None or value == "":
        return "…"
    if isinstance(value, StrEnum):
        return label(value) if has_label(value) else value.value
    if isinstance(value, datetime):
        return formats.date_time(value)
    if isinstance(value, date):
        return formats.calendar_day(value)
    if isinstance(value, tuple | list | set | frozenset):
        return _(", ").join(word(each) for each in value) or "…"
    if hasattr(value, "in_language"):
        return str(value.in_language(current_language()))
    article = getattr(value, "article", None)
    if article is not None and hasattr(value, "title"):
        return _("{law} Art. {article}").format(law=word(value.title), article=article)
    return str(getattr(value, "name", value))


def is_told(kind: type[DeskError]) -> bool:
    """Say whether a class of errors has a sentence of its own."""
    return kind in _TELL


def _tell_still_open(words: Mapping[str, str], error: Any) -> str:
    parts = [_(text).format_map(words) for name, text in _OPEN_THINGS.items() if error.values.get(name)]
    return _("The tier “{tier}” cannot end its response yet: {things}. End these first, or give the reason for ending all the same.").format(
        tier=words["tier"], things=_("; ").join(parts))


_OPEN_THINGS = {
    "teams": N_("teams still out ({teams})"), "sites": N_("sites still occupied ({sites})"), "people": N_("people missing ({people})"),
    "reports": N_("reports still owed ({reports})"), "commands": N_("the command, which is to be handed to a tier that goes on"),
}


def _tell_bad_file(words: Mapping[str, str], error: Any) -> str:
    reason = str(error.values.get("reason", ""))
    values = {name: word(value) if isinstance(value, StrEnum) else value for name, value in error.values.items()}
    if plan_import_words.knows_file_reason(reason):
        return plan_import_words.file_reason(values)
    if file_reasons.knows_file_reason(reason) and not (reason in _FILE_REASONS and "line" in error.values):
        return file_reasons.file_reason(values)
    if bundle_words.knows(reason):
        return bundle_words.refusal(reason, words)
    why = _(_FILE_REASONS.get(reason, _UNREADABLE)).format_map(words)
    line = error.values.get("line")
    if line:
        return _("{name}, line {line}: {why}. Nothing was changed; mend the file and take it again.").format(
            name=words["name"], line=line, why=why
        )
    return _("{name}: {why}. Nothing was changed; mend the file and take it again.").format(name=words["name"], why=why)


def _tell_not_sendable(words: Mapping[str, str], error: Any) -> str:
    if str(error.values.get("reason", "")) == "by_request":
        return _("{team} is never sent by this desk. Ask for it through the people's armed forces department.").format_map(words)
    return _("{team} cannot be sent: {reason}. Choose another team, or send it with a reason for the log.").format_map(words)


def _tell_missing(words: Mapping[str, str], error: Any) -> str:
    return _("“{field}” has no answer yet. Type one and save again.").format(field=field_label(error.field))


def _tell_unreadable(words: Mapping[str, str], error: Any) -> str:
    if error.values.get("expected"):
        return _("“{field}”: “{typed}” cannot be read. Expected is {expected}.").format(
            field=field_label(error.field), typed=words["typed"], expected=words["expected"]
        )
    return _("“{field}”: “{typed}” cannot be read. Type it in another way.").format(field=field_label(error.field), typed=words["typed"])


def _tell_field_refused(words: Mapping[str, str], error: Any) -> str:
    telling = _FIELD_REASONS.get(str(error.values.get("reason", "")), N_("“{field}”: “{typed}” cannot be right. Check it."))
    return _(telling).format_map(_Words({**words, "field": field_label(error.field)}))


def _tell_not_found(words: Mapping[str, str], error: Any) -> str:
    return _("{kind} {key} is no longer there. The list was read again.").format(kind=_kind(error), key=words["key"])


def _tell_stale(words: Mapping[str, str], error: Any) -> str:
    return _("{kind} was changed by somebody else in the meantime. What you typed is kept: compare and save again.").format(
        kind=_kind(error)
    )


def _tell_area_unknown(words: Mapping[str, str], error: Any) -> str:
    if error.values.get("nearest"):
        return _("No area has the code or name “{typed}”. The nearest is {nearest} {nearest_code}; codes have 2, 4, 6, 9 or 12 digits.").format(
            typed=words["typed"], nearest=words["nearest"], nearest_code=words["nearest_code"])
    return _("No area has the code or name “{typed}”. Type a code of 2, 4, 6, 9 or 12 digits, or the whole name.").format(typed=words["typed"])


def _tell_nothing_to_print(words: Mapping[str, str], error: Any) -> str:
    if error.values.get("number"):
        return _("There is no “{number}” to print. Check the number; an incident reads 370203-2026-0017, an order 370203-2026-0017-D03.").format(
            number=words["number"])
    return _("There is nothing to print yet. Take a call or send a team first.")


def _kind(error: Any) -> str:
    name = str(error.values.get("kind", ""))
    return _(_KINDS.get(name.rstrip("s"), _SOME_RECORD))


_SOME_RECORD = N_("The record")
_UNREADABLE = N_("it cannot be read")
_KINDS = {
    "area": N_("The area"), "account": N_("The account"), "team": N_("The team"), "site": N_("The site"), "plan": N_("The plan"),
    "call": N_("The call"), "incident": N_("The incident"), "log": N_("The log line"), "task": N_("The task"),
    "dispatch": N_("The order"), "dispatche": N_("The order"), "division": N_("The administrative division"), "draft": N_("The draft"),
    "unit": N_("The unit"), "agreement": N_("The agreement"), "team_member": N_("The team member"),
    "supply_item": N_("The item"), "depot": N_("The depot"), "lot": N_("The lot"), "stock_place": N_("The place"),
    "stock_movement": N_("The document"), "supply_promise": N_("The promise"),
    "drill": N_("The drill"), "drill_item": N_("The item of the evaluation"), "drill_object": N_("The object of the programme"),
}  # fmt: skip

_FILE_REASONS = {
    "damaged": N_("it is damaged"), "missing": N_("it is not there"), "empty": N_("{detail} must not be empty"),
    "yaml": N_("it is not well-formed ({detail})"), "yaml_feature": N_("anchors, aliases and tags are not allowed"),
    "unknown_format": N_("the format {detail} is not known to this desk"), "unknown_key": N_("{detail} is no known entry"),
    "missing_key": N_("an entry is missing: {detail}"), "not_a_list": N_("a list is expected at {detail}"),
    "not_a_mapping": N_("named entries are expected at {detail}"), "not_a_text": N_("a text is expected at {detail}"),
    "not_a_number": N_("a whole number is expected at {detail}"),
    "unknown_word": N_("a word that is not in the list: {detail}"), "duplicate": N_("the same thing stands twice: {detail}"),
    "no_such_clause": N_("there is no clause {detail}"), "no_such_item": N_("there is no item {detail}"),
    "no_such_level": N_("there is no level {detail}"), "no_such_situation": N_("there is no situation {detail}"),
    "not_an_id": N_("an id may hold small letters, digits, _ and - only: {detail}"),
    "not_a_version": N_("a version is digits and dots, such as 1.10: {detail}"),
    "not_a_code": N_("the code has the wrong number of digits: {detail}"),
    "not_an_entry": N_("an entry is written code|name|English name|note|doubt: {detail}"),
    "not_an_item": N_("an item is written number|Chinese|English: {detail}"),
    "not_rising": N_("numbers or days are expected to rise at {detail}"),
    "not_a_clause_number": N_("a clause number is digits and dots, such as 4.10: {detail}"),
    "too_many_steps": N_("a response card fits on one page with at most 7 steps, this one has {detail}"),
    "not_a_due_time": N_("a due time is written T+15, in minutes from the report: {detail}"),
    "not_a_date": N_("a day is written 2026-11-06: {detail}"),
    "unknown_act": N_("there is no act “{word}”; the nearest is “{nearest}”"),
    "unknown_argument": N_("the act “{act}” takes no “{word}”; the nearest is “{nearest}”"),
    "unknown_figure": N_("there is no figure “{word}”; the nearest is “{nearest}”"),
    "unknown_refusal": N_("there is no refusal “{word}”; the nearest is “{nearest}”"),
    "unknown_choice": N_("“{word}” is not possible at {detail}; the nearest is “{nearest}”"),
    "not_a_moment": N_("a time is written 19:31, 19:31:30, +5 (minutes) or 2026-11-06 01:30: {detail}"),
    "time_goes_back": N_("the step lies before the one above it: {detail}"),
    "not_made_yet": N_("no step above has the name “{word}” and makes what is needed at {detail}"),
}  # fmt: skip

_FIELD_REASONS = STOCK_FIELD_REASONS | {
    "taken_twice": N_("“{field}”: {typed} is confirmed already by another proposal. Choose another, or leave one of the two as text."),
    "too_many": N_("“{field}”: there are {typed}, and one page holds {other} at most. Join some of them, or leave some out."),
    "negative": N_("“{field}” cannot be {typed}: a number below nought counts nothing. Leave it empty when it is not known."),
    "not_above_zero": N_("“{field}” cannot be {typed}. It is more than nought, or empty when it is not known."),
    "more_than_total": N_("“{field}”: {typed} cannot be ready when there are {other} in all. Check both numbers."),
    "not_a_phone": N_("“{field}”: “{typed}” cannot be dialled. Type the digits only, and names under the person in charge."),
    "ends_before_begin": N_("“{field}” is {typed}, before it begins on {other}. Check both days."),
    "no_such_rating": N_("“{field}” is 1, 2 or 3, and 1 is the highest; “{typed}” is none of them."),
    "not_for_many": N_("“{field}” is not set for many teams at once. Open the teams one by one."),
    "not_on_earth": N_("“{field}”: {typed} lies nowhere. Latitude goes from -90 to 90 degrees, longitude from -180 to 180."),
}  # fmt: skip

_PAPER_REASONS = {
    "disk_full": N_("The disk is full, so {path} was not written. Free some space or choose a folder on another disk, then try again."),
    "no_permission": N_("{path} may not be written. Choose another folder, or ask who keeps this machine for the right to write there."),
    "no_folder": N_("{path} could not be written: its folder is not there or is no folder. Choose another one."),
    "in_use": N_("{path} is open in another program. Close it there and try again."),
    "no_docx": N_("{path} was not written: this paper is not made as a Word file. Give the file a name that ends in .pdf."),
    "no_xlsx": N_("{path} was not written: this paper is not made as a workbook. Give the file a name that ends in .pdf."),
}

_STORE_REASONS = {
    "disk_full": N_("The disk is full, so the store cannot be written. Free some space and try again; nothing acknowledged was lost."),
    "locked": N_("Another program holds the store. Close it and try again."),
    "read_only": N_("The store may only be read. Check the rights on the file {path}."),
    "disk_error": N_("The disk reports an error. Save the folder of the store to another disk; the newest backup is {backup}."),
    "cannot_open": N_("The store cannot be opened. Check that the folder exists and may be written."),
    "missing": N_("There is no store at {path}, but backups of it are there. “emergency-desk restore FILE --store {path}” puts one in its place; "
                  "the newest is {backup}."),
    "migration_failed": N_("The store could not be brought up to date and was left whole, as it was. Close other programs, see that the disk is "
                           "sound and has room for the store twice over, and try again. Until then the older version of this program opens it."),
    "damaged": N_("The store is damaged. Restore the newest backup: {backup}."),
    "older_and_held": N_("{path} is of an older version and is brought up to date only by a desk that has it alone. Close it in the other "
                         "program and try again."),
    "no_store": N_("There is no store at {path}. “emergency-desk demo” builds a demo city; --store names another file."),
    "name_it": N_("Name the store to work in with --store; without it nothing is made at {path}."),
    "not_demo": N_("{path} holds a real desk and not a demo city. Name another file with --store."),
}

_READ_ONLY_REASONS = {
    "held": N_("{user} has had this desk open since {since}, so nothing can be entered here. Close it there, then try again."),
    "rights": N_("{path} may not be written by you, so nothing can be entered here. Ask who keeps this machine for the right to write there."),
}


def _tell_not_whole(words: Mapping[str, str], error: Any) -> str:
    why = _(_FILE_REASONS.get(str(error.values.get("reason", "")), _UNREADABLE)).format_map(words)
    return _("“{plan}” {version} cannot be issued yet: {why}. Have the draft returned and mend it.").format(
        plan=words["plan"], version=words["version"], why=why)


_TELL: dict[type[DeskError], str | Telling] = {
    **PLAN_SENTENCES,
    **BACKUP_SENTENCES,
    **STOCK_SENTENCES,
    **SHELTER_SENTENCES,
    **PLACING_SENTENCES,
    ShelterUnfit: tell_unfit,
    **DRILL_SENTENCES,
    DrillNotReady: tell_not_ready,
    TwinClosed: tell_twin_closed,
    **PEOPLE_SENTENCES,
    **KEY_SENTENCES,
    PurgeTooEarly: tell_too_early,
    **{kind: by_reason(reasons, otherwise) for kind, (reasons, otherwise) in STOCK_REASONS.items()},
    PlanNotWhole: _tell_not_whole,
    DeskError: N_("That did not work. Try again, and look into the log if it fails once more."),
    errors.Refused: N_("A rule does not allow this."),
    errors.NotFound: _tell_not_found,
    errors.Stale: _tell_stale,
    errors.BadFile: _tell_bad_file,
    errors.StoreTrouble: by_reason(_STORE_REASONS, N_("The store cannot be used. The newest backup is {backup}.")),
    errors.StoreTooNew: N_("{path} was written by a newer version of the desk and was not touched. Install the newer version."),
    errors.StoreForeign: N_("{path} is not a store of this desk and was not touched. Choose another file."),
    errors.StoreOnNetwork: N_("{path} lies on a network drive ({kind}): there two programs can write at once and a cut line damages the store. "
                              "Move it to a folder on this machine; other desks get its plans and lists as files."),
    errors.StoreReadOnly: by_reason(_READ_ONLY_REASONS, N_("Another program has this desk open, so nothing can be entered here. Close it there, "
                                                           "then try again.")),
    errors.WrongPassword: N_("Name and password do not match. Type both again."),
    errors.SignInNeeded: N_("Nobody is signed in. Sign in first to {act}."),
    errors.NotThisTier: N_("{account} acts at the tier “{tier}”; {act} is for these alone: {tiers}. Propose it to the tier above."),
    errors.PasswordNeeded: N_("Nobody touched this desk for {minutes} min. Type the password of {account} below, then do it again."),
    errors.AccountRetired: N_("The account of {account} is retired. Ask an administrator to bring it back."),
    errors.NameTaken: N_("There is an account {account} already. Choose another name to sign in with."),
    errors.PasswordsDiffer: N_("The two passwords are not the same. Type both again."),
    errors.LastAdministrator: N_("{account} is the last who keeps the accounts. Make somebody else administrator first."),
    errors.AreaUnknown: _tell_area_unknown,
    errors.AreaIsHeading: N_("{code} is a heading of the statistics that no office stands for. Choose one of these: {units}."),
    errors.AreaNotMoved: by_reason({
        "circle": N_("{area} cannot go to {target}: that lies in {area} itself. Choose another area."),
        "tier": N_("{area} cannot lie below {target}, which stands on no higher tier. Choose an area of a higher tier."),
        "other_tier": N_("{area} and {target} stand on different tiers, so they cannot become one. Choose an area of the same tier."),
        "retired": N_("{target} has ended. Choose the area that came after it."),
        "own": N_("This desk sits in {area}, so it cannot end."),
    }, N_("{area} cannot go to {target}. Choose another area.")),
    errors.AreaHasBelongings: N_("{area} still holds something (areas: {areas}, teams: {teams}, open incidents: {incidents}, others: {others}). "
                                 "Merge it with another area; then all of it moves along."),
    errors.AreaCodeTaken: N_("The code {code} belongs to {area}. Type another, or leave it empty."),
    errors.DeskFounded: N_("{path} holds a desk already: {desk}. Nothing was changed; name a store that is not there yet."),
    errors.RoleMissing: N_("{account} may not {act}. Ask one of these: {roles}."),
    errors.FieldMissing: _tell_missing,
    errors.FieldUnreadable: _tell_unreadable,
    errors.FieldRefused: _tell_field_refused,
    errors.OccurredInFuture: N_("The event cannot lie in the future. Check the time and the date."),
    errors.IncidentIsClosed: N_("Incident {number} is closed. Reopen it first, or take a new call."),
    errors.IncidentHasTeamsOut: N_(
        "Incident {number} cannot be closed while teams are out: {teams}. Have them return or recall them first."
    ),
    errors.CannotJoin: by_reason(
        {
            "same": N_("A call cannot be joined to the incident it stands in already. Choose another one."),
            "closed": N_("Incident {number} is closed, so nothing can be joined to it. Take the call as a new incident."),
            "not_joined": N_("This call was not joined to incident {number}, so it cannot be parted from it."),
        },
        N_("This cannot be joined to incident {number}. Choose another incident or take it as a new one."),
    ),
    errors.LogLineEmpty: N_("The line is empty. Write what happened, then press Enter."),
    errors.TeamNotSendable: _tell_not_sendable,
    errors.TeamIsOut: N_("{team} is already out ({state}) on {incident} and cannot be sent twice. Recall it first or choose another team."),
    errors.ReasonMissing: N_("A reason is needed for the log. Write in a few words why."),
    errors.MoveNotAllowed: N_("{team} cannot go from “{from_state}” to “{to_state}”. Possible now: {allowed}."),
    errors.TeamNotOut: N_("{team} is not out ({state}), so no word is awaited from it."),
    errors.MoveOutOfOrder: N_("{team} was last reported at {last_at}; a later report cannot lie before it. Check the time."),
    errors.ReceiptAlreadyGiven: N_("The receipt for order {order} was given at {at}. Write a log line if something else is to be told."),
    errors.OrderNotOpen: N_("Order {order} is no longer open ({state}). Send a new order if the team is still needed."),
    errors.NoTeamChosen: N_("No team is chosen. Choose at least one from the list, or save without sending."),
    errors.ResponseNotActive: N_("The response of the tier “{tier}” is not running in the way this needs ({state})."),
    errors.ResponseRuns: N_("The tier “{tier}” runs a response already ({level}). Adjust its level instead."),
    errors.LevelUnchanged: N_("The response of the tier “{tier}” stands at {level} already. Choose another level."),
    errors.NotTheActivator: N_("The response was activated at the tier “{activator}”, so only that tier ends it, not “{tier}”. When it has "
                               "ended it, record who said so."),
    errors.NotOwnTier: N_("This desk acts at the tier “{own}”. What the tier “{tier}” did is recorded as heard: say who told it and how."),
    errors.NotOwnArea: N_("This desk answers for {area}; incident {number} lies in {place}. What was done there is recorded as heard: say who "
                          "told it and how."),
    errors.StillOpen: _tell_still_open,
    errors.ResponsesRun: N_("Incident {number} cannot be closed while a response runs: {tiers}. Each is ended by its own tier first."),
    errors.CommandNotTheirs: N_("The tier “{tier}” cannot do this: the command is held at the tier “{holder}”, and there is only one."),
    errors.AlreadyOffered: N_("The command is offered to the tier “{to}” already, answer due at {due_at}. Wait for it, or withdraw the offer."),
    errors.NoOfferOpen: N_("Nobody has offered the command to the tier “{tier}”."),
    errors.NotTheNextTier: N_("The command passes from “{tier}” to the next tier only: {next}."),
    errors.SignatureMissing: N_("A hand-over is signed by both sides. Fill in “{name}”."),
    errors.PostStands: N_("The tier “{tier}” has a command post already: {place}. Change that one, or dissolve it first."),
    errors.PostMissing: N_("The tier “{tier}” has no command post yet. Form it first."),
    errors.StepByAct: N_("“{step}” is not ticked at the tier “{tier}”: it is done by its own act. Do that, or skip the step with a reason."),
    errors.MemberLeft: N_("{name} left the command post at {at}. Give a place to whoever works there now."),
    errors.GradeNotLowered: N_("From “{before}” to “{after}” is a downgrade: it needs the name of who decided it, and a reason."),
    errors.ReportNotOpen: N_("Report {number} is no draft any more ({state}). What is to be mended goes into the next report."),
    errors.RuleIsLaw: N_("Row {rule} is law and stays as it is. Where this office is stricter, add a row of its own."),
    errors.SignerMissing: N_("A written report goes out signed. Fill in who signs it."),
    errors.FindingNotReady: by_reason({
        "owner": N_("Finding {number} has no owner yet. Say who mends it and until when."),
        "measure": N_("Finding {number} has no measure yet. Write what is to be done."),
        "evidence": N_("Finding {number} cannot be closed without evidence. Name what shows that it is mended."),
        "same_person": N_("{name} owns finding {number} and cannot verify it. Somebody else must look."),
        "state": N_("Finding {number} is not where this step begins. Read it again."),
    }, N_("Finding {number} is not ready for this step.")),
    errors.AftermathEnded: N_("“{title}” is ended already."),
    errors.ErasureOwed: N_("Personal data is destroyed when the response work ends. To keep it longer, write down the assessment "
                           "why that is lawful and needed, and until when."),
    errors.ArchiveNotReady: N_("Before the archive these are to be ended: {items}. End them, or give the reason for archiving all the same."),
    errors.ParentCircle: N_("Incident {number} cannot hang below itself. Choose another one."),
    errors.PaperUnknown: N_("There is no paper “{name}”. Choose one of these: {known}."),
    errors.NothingToPrint: _tell_nothing_to_print,
    errors.PaperNotWritten: by_reason(_PAPER_REASONS, N_("{path} could not be written ({detail}). Choose another folder.")),
    errors.PaperNotPrinted: by_reason(
        {"no_service": N_("This machine has no print service. The paper is kept at {path}: open it and print it from there.")},
        N_("No printer took the paper ({detail}). It is kept at {path}: open it and print it from there, or look after the printer."),
    ),
    errors.WalkNotInPlace: by_reason(
        {"not_empty": N_("{path} holds a desk already, and this walk founds one. Name a store that is not there yet, or leave out --in-place.")},
        N_("{path} is a real store. A walk runs in place only on a demo or an empty one; leave out --in-place and it runs in a copy."),
    ),
    errors.WalkLacks: N_("The walk has nothing called “{name}” here ({what}). Check the name, or the step that should have made it."),
    errors.ApplicationNeeded: N_("{team} must apply and be accepted before it is sent. Note who applied, then send it."),
}

_BASIS: dict[tuple[type[DeskError], str], str] = {
    (errors.ApplicationNeeded, ""): N_("Shandong Regulations on Emergency Support, Art. 32"),
    (errors.TeamNotSendable, "application_needed"): N_("Shandong Regulations on Emergency Support, Art. 32"),
    (errors.TeamNotSendable, "by_request"): N_("Regulations on the Army's Part in Disaster Relief, Art. 4 and 5"),
}
