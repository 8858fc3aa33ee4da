"""What is asked about how grave an incident is: its grade by decision, production work, what else it is, what it arose from."""

from __future__ import annotations

from collections.abc import Callable

from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import Grade, Production
from emergency_desk.services import grades
from emergency_desk.ui.incidents.call_lines import serial
from emergency_desk.ui.incidents.inline_form import Answers, Ask, AskChoice, AskSeveral, InlineForm
from emergency_desk.ui.incidents.room_reading import RoomView
from emergency_desk.ui.incidents.room_work import RoomWork
from emergency_desk.wording.advice import grade_reason, grade_word
from emergency_desk.wording.catalog import _, current_language
from emergency_desk.wording.labels import field_label, label


class GradeAsking:
    """One form, many questions. `view` gives the incident that is shown."""

    def __init__(self, work: RoomWork, form: InlineForm, view: Callable[[], RoomView | None]) -> None:
        self._work, self._form, self._view = work, form, view

    def judge(self) -> None:
        """Ask for the grade as somebody decides it; a downgrade needs who and why (R-1.4)."""
        view = self._view()
        if view is None:
            return
        incident = view.room.incident
        suggested = view.grade.grade or incident.grade or Grade.ORDINARY
        if incident.grade is not None and incident.grade.rank < suggested.rank:
            suggested = incident.grade  # figures alone never lower it
        fields = (AskChoice(name="grade", label=field_label("grade"), value=suggested.value, span=3,
                            choices=tuple((grade.value, label(grade)) for grade in Grade)),
                  Ask(name="decided_by", label=field_label("decided_by"), hint=_("a downgrade needs it"), span=3),
                  Ask(name="reason", label=field_label("reason"), span=6))
        title = _("Judge the grade, now {grade}").format(grade=grade_word(incident.grade))
        self._form.ask(title, fields, _("Judge"), lambda answers: self._judge(view, answers), note=grade_reason(view.grade))

    def _judge(self, view: RoomView, answers: Answers) -> None:
        desk = self._work.desk
        self._work.do(lambda: grades.judge_grade(desk, incident_id=view.id, grade=Grade(answers["grade"]), decided_by=answers["decided_by"],
                                                 reason=answers["reason"]), form=self._form)

    def production(self) -> None:
        """Ask whether it happened in production work, and which circumstances of the near-miss rule hold (R-1.5)."""
        view = self._view()
        if view is None:
            return
        language, rule, incident = current_language(), self._work.desk.trade.near_miss, view.room.incident
        circumstances = tuple((one.id, one.says.in_language(language)) for one in rule.circumstances)
        fields = (AskChoice(name="production", label=field_label("production"), value=(incident.production or Production.YES).value, span=4,
                            choices=tuple((one.value, label(one)) for one in (Production.YES, Production.NO))),
                  AskSeveral(name="circumstances", label=field_label("circumstances"), span=8, choices=circumstances,
                             value=" ".join(incident.circumstances)))
        self._form.ask(_("Was it production work? Then it is a relatively major near-miss"), fields, _("Record"),
                       lambda answers: self._production(view, answers), note=self._reached(view))

    def _reached(self, view: RoomView) -> str:
        """Tell which limit of the near-miss rule is reached, and by which article."""
        language, rule = current_language(), self._work.desk.trade.near_miss
        says = {one.id: one.says.in_language(language) for one in rule.limits} | {
            one.id: one.says.in_language(language) for one in rule.circumstances}
        told = _("; ").join(says.get(name, name) for name in view.near_miss.reached)
        return _("{limits} ({law} Art. {article})").format(limits=told or _("no limit is reached"), law=rule.basis.title.in_language(language),
                                                         article=rule.basis.article)

    def _production(self, view: RoomView, answers: Answers) -> None:
        desk = self._work.desk
        self._work.do(lambda: grades.say_production(desk, incident_id=view.id, production=Production(answers["production"]),
                                                    circumstances=tuple(answers["circumstances"].split())), form=self._form)

    # -- what else it is, and what hangs together ----------------------------------------------------------------------
    def secondary(self) -> None:
        """Ask what else the incident is; each further type grades it beside its own. One that is on the list is taken off again."""
        view = self._view()
        if view is None:
            return
        language, trade, incident = current_language(), self._work.desk.trade, view.room.incident
        known = {kind.id: kind.name.in_language(language) for kind in trade.types if kind.id not in (incident.type_id, "other")}
        marked = tuple((id_, _("{type} (take off)").format(type=name) if id_ in incident.secondary_types else name)
                       for id_, name in known.items())
        now = _(", ").join(known.get(id_, id_) for id_ in incident.secondary_types)
        self._form.ask(_("What else it is"), (AskChoice(name="secondary_types", label=field_label("secondary_types"), choices=marked, span=6),),
                       _("Record"), lambda answers: self._secondary(view, answers), note=now)

    def _secondary(self, view: RoomView, answers: Answers) -> None:
        desk, chosen, types = self._work.desk, answers["secondary_types"], view.room.incident.secondary_types
        wanted = tuple(one for one in types if one != chosen) if chosen in types else (*types, chosen)
        self._work.do(lambda: grades.set_secondary_types(desk, incident_id=view.id, types=wanted), form=self._form)

    def link(self) -> None:
        """Ask which incident this one arose from; the first answer takes it off."""
        view = self._view()
        if view is None:
            return
        choices = tuple((each.id, f"{serial(each.number)} {each.title}") for each in view.others_open)
        above = view.family.parent
        if above is not None and above.id not in {each.id for each in view.others_open}:
            choices = ((above.id, f"{serial(above.number)} {above.title}"), *choices)
        fields = (AskChoice(name="parent", label=field_label("parent"), value=view.room.incident.parent_id or "", span=8,
                            choices=(("", _("from no other incident")), *choices)),)
        self._form.ask(_("A secondary incident: what it arose from"), fields, _("Record"), lambda answers: self._link(view, answers))

    def _link(self, view: RoomView, answers: Answers) -> None:
        desk, parent = self._work.desk, Id(answers["parent"]) if answers["parent"] else None
        self._work.do(lambda: grades.set_parent(desk, incident_id=view.id, parent_id=parent), form=self._form)

    def open_kin(self) -> None:
        """Open the incident this one arose from, or one that arose from it; several are asked for."""
        view = self._view()
        kin = [each for each in (view.family.parent, *view.family.children) if each is not None] if view is not None else []
        if not kin:
            self._work.tell(_("No other incident hangs together with this one."))
        elif len(kin) == 1:
            self._work.place.open_room(kin[0].id)
        else:
            choices = tuple((each.id, f"{serial(each.number)} {each.title}") for each in kin)
            self._form.ask(_("Open an incident that hangs together with this one"),
                           (AskChoice(name="incident", label=_("Incident"), choices=choices, span=8),), _("Open"), self._open)

    def _open(self, answers: Answers) -> None:
        self._form.put_away()
        self._work.place.open_room(Id(answers["incident"]))
