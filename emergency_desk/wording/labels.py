"""The word for every member of every enum of the domain, and for the fields of forms.

Tables are keyed by the enum's name and the member's value, so that no screen pays for importing what it does not show.
A test walks all of them. Sentences about refusals live in `refusals`, reasons that carry values in `advice` and `import_reasons`.
"""

from __future__ import annotations

from enum import StrEnum

from emergency_desk.domain.plan_records import Level
from emergency_desk.wording.backup_labels import BACKUP_WORDS
from emergency_desk.wording.blackout_labels import BLACKOUT_WORDS
from emergency_desk.wording.catalog import CHINESE, N_, _, current_language
from emergency_desk.wording.drill_labels import DRILL_FIELDS, DRILL_WORDS
from emergency_desk.wording.levels import level_said
from emergency_desk.wording.people_labels import PEOPLE_FIELDS, PEOPLE_WORDS
from emergency_desk.wording.placing_labels import PLACING_FIELDS, PLACING_WORDS
from emergency_desk.wording.plan_import_labels import IMPORT_FIELDS, IMPORT_LABELS
from emergency_desk.wording.plan_labels import PLAN_WORDS
from emergency_desk.wording.request_labels import REQUEST_FIELDS, REQUEST_WORDS
from emergency_desk.wording.shelter_labels import SHELTER_FIELDS, SHELTER_WORDS
from emergency_desk.wording.stock_labels import STOCK_FIELDS, STOCK_WORDS
from emergency_desk.wording.stock_paper_labels import STOCK_PAPER_FIELDS, STOCK_PAPER_WORDS
from emergency_desk.wording.system_words import SYSTEM_WORDS

_WORDS: dict[str, dict[str, str]] = (PLAN_WORDS | IMPORT_LABELS | STOCK_WORDS | STOCK_PAPER_WORDS | REQUEST_WORDS | SHELTER_WORDS
                                     | PLACING_WORDS | PEOPLE_WORDS | DRILL_WORDS | BACKUP_WORDS | BLACKOUT_WORDS | SYSTEM_WORDS) | {
    "Grade": {
        "grade_1": N_("Especially major"), "grade_2": N_("Major"), "grade_3": N_("Relatively major"), "grade_4": N_("Ordinary"),
    },
    "IncidentClass": {
        "natural": N_("Natural disaster"), "accident": N_("Accident"), "health": N_("Public health"), "social": N_("Social security"),
    },
    "IncidentState": {
        "received": N_("Call received"), "verifying": N_("Being verified"), "first_response": N_("First response"),
        "responding": N_("Responding"), "controlled": N_("Under control"), "closed": N_("Closed"), "false_alarm": N_("False alarm"),
        "joined": N_("Joined to another"),
    },
    "Source": {
        "resident": N_("Resident"), "police_110": N_("Police 110"), "fire_119": N_("Fire 119"), "ambulance_120": N_("Ambulance 120"),
        "unit": N_("Unit"), "grid_worker": N_("Grid worker"), "sensor": N_("Sensor"), "upper_desk": N_("Upper desk"),
        "lower_desk": N_("Lower desk"),
    },
    "Happening": {
        "call_taken": N_("Call taken"), "call_joined": N_("Call joined"), "call_parted": N_("Call parted"),
        "incident_opened": N_("Incident opened"), "corrected": N_("Corrected"), "figures": N_("Figures"), "grade": N_("Grade"),
        "plan_chosen": N_("Plan chosen"), "no_plan": N_("No matching plan"),
        "plan_borrowed": N_("Plan borrowed"), "team_sent": N_("Team sent"), "override": N_("Override"),
        "order_approved": N_("Order approved"), "receipt": N_("Receipt"), "receipt_late": N_("Receipt late"),
        "team_state": N_("Team state"), "gap_filled": N_("Gap filled"), "team_recalled": N_("Team recalled"),
        "checked_in": N_("Checked in on scene"), "team_heard": N_("Word of a team"),
        "application": N_("Application accepted"), "task_done": N_("Task done"),
        "task_skipped": N_("Task skipped"), "note": N_("Log note"), "heard": N_("Word received"), "state": N_("Incident state"),
        "closed": N_("Incident closed"), "reopened": N_("Incident reopened"), "duty": N_("Duty"),
        "personal_erased": N_("Personal data erased"), "response": N_("Response"), "command": N_("Command"), "post": N_("Command post"),
        "notice": N_("Told"), "decision": N_("Decision"), "step": N_("Step of the ladder"), "report": N_("Report"),
        "report_skipped": N_("Report not sent"), "aftermath": N_("Aftermath"), "finding": N_("Finding"), "stock": N_("Supplies"),
        "shelter": N_("Shelter"), "evacuation": N_("Evacuation"), "isolation": N_("Isolation site"),
    },
    "ShelfStanding": {
        "in_force": N_("in force"), "draft": N_("draft"), "superseded": N_("superseded"), "withdrawn": N_("withdrawn"),
    },
    "PieceKind": {
        "clause": N_("Clause"), "action": N_("Action"), "card": N_("Response card"), "group": N_("Working group"), "contact": N_("Contact"),
        "basis": N_("Legal basis"),
    },
    "TaskState": {"open": N_("To do"), "done": N_("Done"), "skipped": N_("Skipped")},
    "TeamKind": {
        "national_fire": N_("National fire and rescue"), "professional": N_("Professional team"), "national_base": N_("National base"),
        "expert": N_("Expert group"), "grassroots": N_("Grassroots team"), "unit": N_("Unit team"), "volunteer": N_("Volunteers"),
        "social": N_("Social force"), "military": N_("Garrison"), "militia": N_("Militia and reserve"), "mutual_aid": N_("Mutual aid"),
    },
    "TeamState": {
        "standby": N_("standby"), "training": N_("training"), "mustering": N_("mustering"), "dispatched": N_("dispatched"),
        "en_route": N_("en route"), "on_scene": N_("on scene"), "working": N_("working"), "withdrawing": N_("withdrawing"),
        "returned": N_("returned"), "recovering": N_("recovering"), "unavailable": N_("unavailable"), "lost_contact": N_("lost contact"),
    },
    "HowHeard": {
        "phone": N_("by phone"), "radio": N_("by radio"), "in_person": N_("in person"), "system": N_("by the system"),
        "message": N_("by message"),
    },
    "OrderState": {
        "sent": N_("receipt awaited"), "received": N_("receipt given"), "done": N_("order fulfilled"), "recalled": N_("recalled"),
    },
    "Tier": {
        "tier_nation": N_("Nation"), "tier_province": N_("Province"), "tier_city": N_("City"), "tier_district": N_("District"),
        "tier_street": N_("Street"), "tier_village": N_("Village"),
    },
    "Role": {
        "duty_officer": N_("Duty officer"), "duty_leader": N_("Duty leader"), "planner": N_("Planner"), "keeper": N_("Keeper"),
        "drill_leader": N_("Drill leader"), "administrator": N_("Administrator"), "observer": N_("Observer"),
    },
    "PlanRole": {
        "duty_officer": N_("Duty officer"), "duty_leader": N_("Duty leader"), "commander": N_("Commander on scene"),
        "grp_coord": N_("Coordination group"), "grp_rescue": N_("Rescue group"), "grp_medical": N_("Medical group"),
        "grp_order": N_("Public order and traffic group"), "grp_logistics": N_("Logistics group"),
        "grp_public_info": N_("Public information group"), "grp_aftermath": N_("Aftermath group"), "grp_experts": N_("Expert advisers"),
        "grp_monitoring": N_("Monitoring group"), "grp_evacuation": N_("Evacuation group"),
    },
    "PlanFact": {
        "report": N_("report to the tier above"), "report_phone": N_("report by phone"),
        "report_written": N_("written report"), "report_follow_up": N_("follow-up report"),
        "report_losses": N_("report of losses"), "activate": N_("activation of the response"),
        "form_command": N_("command post formed"), "hand_over": N_("command handed over"), "take_over": N_("command taken over"),
    },
    "Act": {
        "take_call": N_("take a call"), "send_team": N_("send a team"), "report_team": N_("report a team's state"),
        "write_log": N_("write the log"), "work_task": N_("work on a task"), "close_incident": N_("close an incident"),
        "import": N_("import a file"), "keep_register": N_("change the register"), "keep_plans": N_("change a plan"),
        "keep_stock": N_("change items, depots and targets"), "move_stock": N_("move stock"), "claim_stock": N_("keep stock back"),
        "ask_supplies": N_("ask for supplies"), "decide_supplies": N_("decide a request for supplies"),
        "release_stock": N_("release goods out of a depot"), "ship_stock": N_("send goods on the road"), "receive_stock": N_("receive goods"),
        "hand_out": N_("hand goods to people"), "give_back_requisitioned": N_("give back what was requisitioned"),
        "publish_donations": N_("publish the list of donations"),
        "keep_shelter": N_("change the register of shelters"), "open_shelter": N_("open or close a shelter"),
        "run_shelter": N_("run a shelter or an evacuation"),
        "approve_plan": N_("review, approve or withdraw a plan"),
        "try_contact": N_("keep that a number was tried"),
        "erase_personal": N_("erase personal data"), "read": N_("read"), "keep_accounts": N_("change the accounts"),
        "keep_settings": N_("change a setting of the desk"), "keep_rules": N_("change a rule table"), "keep_views": N_("keep a view of a list"),
        "requisition": N_("requisition property"), "issue_warning": N_("issue a warning"),
        "request_garrison": N_("ask the garrison for help"), "end_response": N_("end the response of a city or district"),
        "activate_response": N_("activate or adjust a response"), "move_command": N_("pass the command on"),
        "judge_grade": N_("judge the grade"), "send_report": N_("send a report"), "recover": N_("work on the aftermath"),
        "keep_findings": N_("keep the list of findings"),
        "plan_drill": N_("design a drill"), "run_drill": N_("run a drill"), "evaluate_drill": N_("evaluate a drill"),
    },
    "Subject": {
        "area": N_("Area"), "account": N_("Account"), "team": N_("Team"), "site": N_("Site"), "plan": N_("Plan"), "call": N_("Call"),
        "incident": N_("Incident"), "log": N_("Log"), "task": N_("Task"), "dispatch": N_("Dispatch order"), "setting": N_("Setting"),
        "backup": N_("Backups"), "rule": N_("Rule"), "unit": N_("Unit"), "agreement": N_("Agreement"), "member": N_("Team member"),
        "response": N_("Response"), "command": N_("Command"), "notice": N_("Notice"), "report": N_("Report"),
        "report_due": N_("Report owed"), "aftermath": N_("Aftermath"), "finding": N_("Finding"),
        "supply": N_("Supplies"), "depot": N_("Depot"), "stock": N_("Stock"), "stock_count": N_("Stock-take"), "promise": N_("Promise"),
        "plan_draft": N_("Draft of a plan"), "plan_part": N_("Part of a draft"), "plan_suggestion": N_("Suggestion to a plan"),
        "contact_try": N_("Contact tried"), "supply_request": N_("Request for supplies"), "release": N_("Release order"),
        "allocation": N_("What is to be sent from where"),
        "requisition": N_("Requisition"), "shelter": N_("Shelters"), "stay": N_("People in shelters"), "evacuation": N_("Evacuation"),
        "isolation": N_("Isolation sites"), "drill": N_("Drill"),
    },
    "SiteKind": {
        "depot": N_("Depot"), "shelter": N_("Shelter"), "isolation_site": N_("Isolation site"), "hospital": N_("Hospital"),
        "fire_station": N_("Fire station"), "ambulance_post": N_("Ambulance post"), "other": N_("Other site"),
        "logistics_point": N_("Logistics point"), "protected_site": N_("Protected site"),
    },
    "UnitKind": {"department": N_("Department"), "special_hq": N_("Special command post"), "other_unit": N_("Other unit")},
    "AgreementKind": {"mutual_aid": N_("Mutual aid agreement"), "cooperation": N_("Cooperation agreement")},
    "TeamOrder": {
        "name": N_("by name"), "code": N_("by code"), "kind": N_("by kind"), "state": N_("by state"), "people": N_("by people ready"),
        "muster": N_("by muster time"),
    },
    "ExpiryKind": {
        "certificate": N_("Certificate"), "rating": N_("Rating"), "insurance": N_("Insurance"), "agreement": N_("Agreement"),
        "contact": N_("Contact not tried"),
    },
    "DueKind": {
        "receipt": N_("receipt"), "task": N_("task"), "report": N_("report"), "contact": N_("word of a team"),
        "offer": N_("answer to an offer of the command"), "transport": N_("receipt of a transport"),
        "requisition_paper": N_("notice of a requisition"),
    },
    "NextActKind": {
        "send": N_("Send teams"), "chase_receipt": N_("Ask for the receipt"), "chase_contact": N_("Ask for a word"),
        "task": N_("Do the next task"), "fill_figures": N_("Ask for the figures"), "borrow": N_("Borrow a plan"),
        "close": N_("Close the incident"), "watch": N_("Keep watch"), "report": N_("Report to the tier above"),
        "answer_offer": N_("Answer the offer of the command"), "chase_offer": N_("Ask for the answer to the offer"),
        "take_command": N_("Take the command"),
        "tell": N_("Tell who must be told"), "step": N_("Take the next step"),
    },
    "TableKind": {
        "numbers": N_("Graded by numbers"), "by_judgement": N_("Graded by judgement"), "not_graded": N_("Not graded by law"),
    },
    "Standing": {
        "suggested": N_("Suggested"), "to_be_verified": N_("Preliminary, to be verified"), "by_judgement": N_("To be judged"),
        "not_graded": N_("Not graded"),
    },
    "NearMissVerdict": {
        "yes": N_("A near-miss accident"), "no": N_("No near-miss accident"), "ask_production": N_("A near-miss if it was production work"),
    },
    "PlanKind": {
        "overall": N_("Overall plan"), "special": N_("Special plan"), "department": N_("Departmental plan"), "support": N_("Support plan"),
        "event": N_("Event plan"), "joint": N_("Joint plan"), "catastrophe": N_("Catastrophe plan"),
        "township": N_("Street plan"), "village": N_("Village plan"), "unit": N_("Unit plan"),
    },
    "Numerals": {"roman": N_("Ⅰ to Ⅳ"), "chinese": N_("一级 to 四级")},
    "Level": {"I": N_("Level I"), "II": N_("Level II"), "III": N_("Level III"), "IV": N_("Level IV")},
    "HeldKind": {"figure": N_("Figure"), "grade": N_("Grade"), "situation": N_("Situation"), "always": N_("Always")},
    "BorrowedKind": {
        "upper_special": N_("Special plan of the tier above"), "overall": N_("Overall plan"),
        "nearest_special": N_("Special plan of the nearest kind"),
    },
    "NoPlanStep": {
        "borrow_a_plan": N_("Use the plan that comes nearest"), "take_first_measures": N_("Take the first measures"),
        "report_city_at_once": N_("Report to the city at once"),
    },
    "ReasonNot": {
        "by_request": N_("by request through the armed forces department"), "committed": N_("already out"), "state": N_("not ready"),
        "missing_capability": N_("capability missing"), "certificate_expired": N_("certificate expired"),
        "agreement_expired": N_("agreement expired"), "application_needed": N_("has not applied yet"),
        "not_this_tier": N_("not this tier's to order"), "may_not_cross": N_("may not leave its area"),
        "beyond_radius": N_("beyond its radius"), "nothing_needed": N_("no need given"),
        "place_unknown": N_("place of the incident unknown"),
        "no_position": N_("its position is unknown"), "nearer_suffice": N_("nearer teams suffice"),
    },
    "Severity": {"wrong": N_("Wrong"), "gap": N_("To be filled in"), "remark": N_("To consider")},
    "NoPlaces": {
        "places_not_kept": N_("in no register of shelters"), "places_state": N_("not open to be used"),
        "places_not_own": N_("not for a street to open"),
        "places_hazard": N_("unfit for the hazard"), "places_inspection": N_("found unfit"), "places_capacity": N_("of unknown size"),
        "places_full": N_("full"), "places_hazard_unknown": N_("not said to be fit for the hazard"),
        "places_not_inspected": N_("never inspected so far"), "places_inspection_old": N_("inspected too long ago"),
    },
    "Readiness": {"green": N_("Enough"), "amber": N_("Doubtful"), "red": N_("Short")},
    "PlanPart": {
        "title": N_("Title"), "basis": N_("Legal basis"), "clause": N_("Clause"), "item": N_("Item"), "situation": N_("Situation"),
        "level": N_("Level"), "group": N_("Working group"), "action": N_("Action"), "contact": N_("Contact"),
        "card": N_("Response card"),
    },
    "WhyChosen": {
        "nearest": N_("nearest"), "next_nearest": N_("next nearest"), "only_ones": N_("no others can do it"),
        "application_accepted": N_("application accepted"),
    },
    "Warn": {
        "rating_expired": N_("rating expired"), "insurance_expired": N_("insurance expired"), "in_training": N_("in training, recallable"),
        "position_unknown": N_("position unknown"),
    },
    "ResponseState": {"active": N_("running"), "suspended": N_("suspended"), "ended": N_("ended")},
    "ResponseStep": {
        "activated": N_("activated"), "adjusted": N_("adjusted"), "extended": N_("extended"), "suspended": N_("suspended"),
        "resumed": N_("resumed"), "ended": N_("ended"),
    },
    "CommandStep": {
        "begun": N_("command begun"), "offered": N_("command offered"), "repeated": N_("offer repeated"), "accepted": N_("command accepted"),
        "refused": N_("offer refused"), "withdrawn": N_("offer withdrawn"), "taken": N_("command taken"),
    },
    "PostRole": {
        "commander": N_("On-site commander"), "fire_commander": N_("Fire-ground commander"), "deputy": N_("Deputy commander"),
        "recorder": N_("Recorder"), "group_lead": N_("Group leader"), "group_member": N_("Group member"),
        "garrison": N_("Garrison's representative"), "working_group": N_("Working group from above"),
    },
    "NamedBy": {"plan": N_("named by the plan"), "committee": N_("named by the committee"), "law": N_("named by law")},
    "NoticeKind": {
        "special_hq": N_("Special command post"), "lead_unit": N_("Lead unit"), "member_unit": N_("Member unit"), "leader": N_("Leader"),
        "neighbour": N_("Neighbouring area"), "garrison": N_("Garrison"), "other": N_("Other"),
    },
    "DecisionKind": {"meeting": N_("Meeting"), "decision": N_("Decision"), "instruction": N_("Leader's instruction")},
    "ReportFamily": {"incident": N_("Incident report"), "disaster": N_("Disaster return")},
    "ReportKind": {
        "first": N_("First report"), "follow_up": N_("Follow-up report"), "final": N_("Final report"), "settled": N_("Settled return"),
        "supplement": N_("Supplementary report"),
    },
    "DueState": {"open": N_("owed"), "met": N_("met"), "skipped": N_("skipped"), "lapsed": N_("no longer owed")},
    "ReportState": {"draft": N_("draft"), "sent": N_("sent"), "received": N_("received"), "discarded": N_("discarded")},
    "Secrecy": {"none": N_("no marking"), "internal": N_("internal"), "secret": N_("secret")},
    "Urgency": {"none": N_("ordinary"), "urgent": N_("urgent"), "most_urgent": N_("most urgent")},
    "Step": {
        "receive": N_("Receive"), "verify": N_("Verify"), "first_response": N_("First response"), "appraise": N_("Appraise"),
        "activate": N_("Activate"), "form_command": N_("Form command"), "dispatch": N_("Dispatch"), "evacuate": N_("Evacuate"),
        "report": N_("Report up"), "expand": N_("Expand or step down"), "end": N_("End"), "recover": N_("Recover"), "review": N_("Review"),
    },
    "StepState": {"open": N_("to do"), "done": N_("done"), "skipped": N_("skipped"), "not_asked": N_("not asked for")},
    "AftermathKind": {
        "loss_survey": N_("Loss survey"), "recovery_plan": N_("Recovery plan"), "lessons_report": N_("Report on lessons"),
        "relief": N_("Relief"), "comfort": N_("Comfort and pensions"), "compensation": N_("Compensation"), "return": N_("Return"),
        "insurance": N_("Insurance claims"), "epidemic_prevention": N_("Epidemic prevention"), "pollution": N_("Pollution control"),
        "restock": N_("Restocking"), "team_allowance": N_("Team allowances"), "personal_erasure": N_("Erasure of personal data"),
        "audit": N_("Audit of money and goods"), "archive": N_("Archive"), "other": N_("Other"),
    },
    "AftermathState": {"open": N_("still open"), "done": N_("done"), "dropped": N_("not owed")},
    "FindingSource": {"incident": N_("incident"), "drill": N_("drill"), "inspection": N_("inspection")},
    "FindingClass": {
        "plan": N_("Plan"), "organisation": N_("Organisation"), "people": N_("Personnel"), "mechanism": N_("Mechanism"),
        "support": N_("Support"),
    },
    "FindingState": {
        "open": N_("not begun"), "mending": N_("being mended"), "done": N_("mended, to be verified"), "verified": N_("verified"),
        "dropped": N_("dropped"),
    },
    "Outcome": {
        "on_time": N_("on time"), "late": N_("late"), "done": N_("done"), "skipped": N_("skipped"), "open": N_("still open"),
        "overdue": N_("open and overdue"),
    },
    "Stage": {
        "receipt": N_("From the order to the receipt"), "departure": N_("From the receipt to the departure"),
        "arrival": N_("From the departure to the arrival"),
    },
    "SummaryPart": {
        "situation": N_("The event"), "reporting": N_("Receipt and reporting"), "command": N_("Organisation and command"),
        "plan": N_("How the plan was carried out"), "teams": N_("Work of the teams"), "measures": N_("Main technical measures"),
        "results": N_("Results of the rescue"), "lessons": N_("Lessons"), "advice": N_("Advice"),
    },
    "TimelineKind": {
        "all": N_("All"), "orders": N_("Orders"), "figures": N_("Figures"), "tasks": N_("Tasks"), "reports": N_("Calls and reports"),
        "command": N_("Command"), "words": N_("Written and heard"), "corrections": N_("Corrections"), "aftermath": N_("Aftermath"),
    },
    "ProposalKind": {
        "no_receipt": N_("no receipt"), "late_receipt": N_("late receipt"), "late_report": N_("late report"),
        "skipped_report": N_("report not sent"), "late_action": N_("late action"), "skipped_action": N_("skipped action"),
        "open_action": N_("action left open"),
    },
    "Production": {"yes": N_("In production work"), "no": N_("Not in production work"), "ask": N_("Perhaps in production work")},
    "Channel": {"phone": N_("by phone"), "written": N_("in writing"), "any": N_("by phone or in writing")},
    "ClockStart": {"receipt": N_("from the receipt"), "occurrence": N_("from the event"), "change": N_("from the change"),
                   "end": N_("from the end")},
}  # fmt: skip

_FIELDS = IMPORT_FIELDS | STOCK_FIELDS | STOCK_PAPER_FIELDS | REQUEST_FIELDS | SHELTER_FIELDS | PLACING_FIELDS | PEOPLE_FIELDS | DRILL_FIELDS | {
    "matter": N_("Matter of the response"), "level": N_("Level"), "expected_hours": N_("Expected duration in hours"),
    "measures": N_("Measures"), "decided_by": N_("Decided by"), "heard_from": N_("Heard from"), "heard_how": N_("Heard by which channel"),
    "given_by": N_("Handed over by"), "taken_by": N_("Taken over by"), "situation": N_("Situation"), "resources": N_("Resources on scene"),
    "open_orders": N_("Orders still open"), "place": N_("Place"), "commander": N_("On-site commander"), "signer": N_("Signed by"),
    "production": N_("Production work"), "circumstances": N_("Circumstances"),
    "parent": N_("Arose from"), "secondary_types": N_("Also"), "received_by": N_("Received by"),
    "what": N_("What"), "words": N_("What"), "where": N_("Where"), "area": N_("Area"), "area_id": N_("Area"), "address": N_("Address"),
    "answer": N_("Answer"),
    "type_id": N_("Type"), "dead": N_("Dead"), "badly_hurt": N_("Badly hurt"), "hurt": N_("Hurt"), "trapped": N_("Trapped"),
    "missing": N_("Missing"), "evacuate": N_("To evacuate"), "loss_yuan": N_("Loss in yuan"), "at_risk": N_("People at risk"),
    "hectares": N_("Burnt forest in hectares"), "occurred_at": N_("Occurred"), "received_at": N_("Received"), "recorded_at": N_("Recorded"),
    "source": N_("Source"), "caller": N_("Caller"), "phone": N_("Phone"), "note": N_("Note"), "text": N_("Text"), "reason": N_("Reason"),
    "teams": N_("Teams"), "password": N_("Password"), "name": N_("Name"), "display_name": N_("Full name"), "latitude": N_("Latitude"),
    "longitude": N_("Longitude"), "coordinates": N_("Coordinates"), "grade": N_("Grade"), "receipt_by": N_("Receipt by"),
    "applied_by": N_("Applied by"), "title": N_("Title"), "code": N_("Code"), "kind": N_("Kind"), "capabilities": N_("Capabilities"),
    "name_en": N_("English name"), "unit_name": N_("Belongs to"), "supervisor": N_("Supervised by"),
    "people_total": N_("People in all"), "people_ready": N_("People ready"), "vehicles": N_("Vehicles"),
    "muster_minutes": N_("Muster in minutes"), "radius_km": N_("Radius in km"), "may_cross_area": N_("May leave its area"),
    "self_sufficiency_hours": N_("Self-sufficient for hours"), "duty_phone": N_("Duty phone"), "leader_name": N_("Person in charge"),
    "agreement_number": N_("Agreement number"), "agreement_until": N_("Agreement until"), "insured_until": N_("Insured until"),
    "contact_tried_on": N_("Contact tried on"), "rating_specialty": N_("Rated for"), "rating_level": N_("Rating level"),
    "certificates": N_("Certificates"), "partner": N_("Partner"), "number": N_("Number"), "capability": N_("Capability"),
    "quantity": N_("Quantity"), "unit": N_("Unit"), "arrival_minutes": N_("Arrives within minutes"), "terms": N_("Terms"),
    "signed_on": N_("Signed on"), "valid_until": N_("Valid until"), "post": N_("Post"), "fax": N_("Fax"), "contact": N_("Contact person"),
    "lead_unit": N_("Lead department"), "member_units": N_("Member departments"), "office": N_("Office"),
    "standing_members": N_("Standing members"), "hazards": N_("Called in for"), "capacity": N_("Capacity"),
    "effective_area_m2": N_("Effective area in square metres"), "state": N_("State"), "state_note": N_("Note to the state"),
    "task": N_("Task"), "muster_place": N_("Muster at"), "report_to": N_("Report to"), "route": N_("Route"),
    "account": N_("Account"), "roles": N_("Roles"), "desk_code": N_("Desk code"), "desk_name": N_("Name of the desk"),
    "password_again": N_("Password once more"), "idle_minutes": N_("Quiet minutes"), "display_name_en": N_("Name in English"),
    "equipment": N_("Bring along"), "channel": N_("Radio channel"), "safety": N_("Safety"), "approved_by": N_("Agreed by"),
    "owner": N_("Owner"), "due_at": N_("Due"), "due_on": N_("Due"), "from_whom": N_("From whom"), "problem": N_("Problem"),
    "measure": N_("Measure"), "funds_yuan": N_("Money in yuan"), "interim": N_("Until then"), "verifier": N_("Verified by"),
    "evidence": N_("Evidence"), "override_reason": N_("Reason all the same"), "clause": N_("Clause"),
    "match": N_("Matched word"), "plan": N_("Plan"), "hazard_types": N_("Types of incidents"), "near_types": N_("May be borrowed for"),
    "tier": N_("Tier"), "area_code": N_("Area code"), "aligned": N_("Plans beside it"), "upper_plan": N_("Plan above it"),
    "units": N_("Sent to"), "on_date": N_("Day"), "person": N_("By name"), "matters": N_("The six matters"),
    "result": N_("Result"), "trigger": N_("Occasion"), "scope": N_("Path"), "replaced_by": N_("Code of the plan in its place"),
    "version": N_("Version"),
}  # fmt: skip

_SHORT = {
    "ReviewMatter": {
        "lawful": N_("Lawful"), "linked": N_("Linked"), "complete": N_("Complete"), "workable": N_("Workable"), "agreed": N_("Agreed"),
        "other": N_("Other matters"),
    },
    "Grade": {
        "grade_1": N_("Esp. major"), "grade_2": N_("Major"), "grade_3": N_("Rel. major"), "grade_4": N_("Ordinary"),
    },
}  # fmt: skip


def label(member: StrEnum) -> str:
    """Return the word for an enum member; a level as the desk writes it. Raises KeyError for a member nobody gave a word."""
    if isinstance(member, Level) and current_language() == CHINESE:
        return level_said(member)
    return _(_WORDS[type(member).__name__][member.value])


def short_label(member: StrEnum) -> str:
    """Return the short form where the language has one, for narrow columns; else the word itself."""
    short = _SHORT.get(type(member).__name__, {}).get(member.value)
    return _(short) if short else label(member)


def has_label(member: StrEnum) -> bool:
    """Say whether a member has a word."""
    return member.value in _WORDS.get(type(member).__name__, {})


def field_label(name: str) -> str:
    """Return the word for a field of a form; a field without one is called by its own name."""
    return _(_FIELDS[name]) if name in _FIELDS else name


def sources() -> list[str]:
    """Return all English source strings of the tables, for the test that looks for their translations."""
    tables = [*_WORDS.values(), _FIELDS, *_SHORT.values()]
    return sorted({word for table in tables for word in table.values()})
