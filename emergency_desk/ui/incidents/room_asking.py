"""What is asked about the incident itself, in the head of its room: figures, state, close, open again, correct, join, part."""

from __future__ import annotations

from collections.abc import Callable

from emergency_desk.domain.errors import DeskError, IncidentHasTeamsOut
from emergency_desk.domain.ids import Id
from emergency_desk.domain.incidents import OPEN_STATES, Figures, Incident, IncidentState
from emergency_desk.services import calls, incidents
from emergency_desk.services.areas import find_in
from emergency_desk.ui.incidents.call_lines import serial
from emergency_desk.ui.incidents.call_telling import candidates
from emergency_desk.ui.incidents.inline_form import Answers, Ask, AskChoice, AskNumber, AskPlace, InlineForm
from emergency_desk.ui.incidents.room_reading import RoomView
from emergency_desk.ui.incidents.room_work import RoomWork, ask_at
from emergency_desk.ui.widgets.area_picker import Candidate
from emergency_desk.wording.catalog import _, current_language
from emergency_desk.wording.labels import field_label, label
from emergency_desk.wording.refusals import sentence

_FIGURES = ("dead", "badly_hurt", "hurt", "trapped", "missing", "evacuate")


class IncidentAsking:
    """One form, many questions. `view` gives the incident that is shown."""

    def __init__(self, work: RoomWork, form: InlineForm, view: Callable[[], RoomView | None]) -> None:
        self._work, self._form, self._view = work, form, view

    @property
    def _incident(self) -> Incident | None:
        view = self._view()
        return view.room.incident if view is not None else None

    # -- figures and state ---------------------------------------------------------------------------------------------
    def figures(self) -> None:
        """Ask for the figures as they are told now; what stays empty stays as it is."""
        incident = self._incident
        if incident is None:
            return
        counts = [AskNumber(name=name, label=field_label(name), hint=_known(getattr(incident, name))) for name in _FIGURES]
        fields = (*counts, Ask(name="by", label=_("Told by")), ask_at())
        self._form.ask(_("Figures as told now; what stays empty is not changed"), fields, _("Record"),
                       lambda answers: self._figures(incident, answers, ""))

    def _figures(self, incident: Incident, answers: Answers, reason: str) -> None:
        desk = self._work.desk
        told = Figures(**{name: int(answers[name]) for name in _FIGURES if answers.get(name)})
        self._work.asked_moment(answers, self._form, lambda at: self._work.do(
            lambda: incidents.report_figures(desk, incident_id=incident.id, figures=told, occurred_at=at, reported_by=answers.get("by", ""),
                                             reason=reason), form=self._form,
            refused=lambda error: self._why_fewer(incident, answers, error)))

    def _why_fewer(self, incident: Incident, answers: Answers, error: DeskError) -> None:
        if error.values.get("act") != "fewer_dead":
            self._form.refused(error)
            return
        self._form.ask(_("Fewer dead than were told before"), (Ask(name="reason", label=_("Reason"), is_long=True),), _("Record"),
                       lambda more: self._figures(incident, answers, more["reason"]))

    def state(self) -> None:
        """Ask where the incident stands."""
        incident = self._incident
        if incident is None:
            return
        states = [state for state in IncidentState if state in OPEN_STATES]
        fields = (AskChoice(name="state", label=_("State"), value=incident.state.value, choices=tuple((one.value, label(one)) for one in states)),
                  Ask(name="note", label=_("Note")))
        desk = self._work.desk
        self._form.ask(_("Where does the incident stand?"), fields, _("Record"), lambda answers: self._work.do(
            lambda: incidents.set_state(desk, incident_id=incident.id, state=IncidentState(answers["state"]), note=answers["note"]),
            form=self._form))

    # -- the end -------------------------------------------------------------------------------------------------------
    def close(self) -> None:
        """Ask for a last note, then close."""
        incident = self._incident
        if incident is None:
            return
        ends = ((IncidentState.CLOSED.value, label(IncidentState.CLOSED)), (IncidentState.FALSE_ALARM.value, label(IncidentState.FALSE_ALARM)))
        fields = (AskChoice(name="end", label=_("As"), value=IncidentState.CLOSED.value, choices=ends), Ask(name="note", label=_("Note")))
        self._form.ask(_("Close {number}").format(number=incident.number), fields, _("Close the incident"),
                       lambda answers: self._close(incident, answers, ""), focus="note")

    def _close(self, incident: Incident, answers: Answers, reason: str) -> None:
        desk, is_false = self._work.desk, answers["end"] == IncidentState.FALSE_ALARM.value
        self._work.do(
            lambda: incidents.close_incident(desk, incident_id=incident.id, note=answers["note"], false_alarm=is_false, override_reason=reason),
            form=self._form, told=_("{number} is closed.").format(number=incident.number),
            undo=lambda: self._reopen(incident, _("closed by mistake")),
            refused=lambda error: self._why_close(incident, answers, error))  # fmt: skip

    def _why_close(self, incident: Incident, answers: Answers, error: DeskError) -> None:
        if not isinstance(error, IncidentHasTeamsOut):
            self._form.refused(error)
            return
        self._form.ask(_("Close although teams are out?"), (Ask(name="reason", label=_("Reason for the log"), is_long=True),),
                       _("Close all the same"), lambda more: self._close_anyway(incident, answers, more, error), note=sentence(error))

    def _close_anyway(self, incident: Incident, answers: Answers, more: Answers, error: DeskError) -> None:
        if not more["reason"]:
            self._form.refused(error)
            return
        self._close(incident, answers, more["reason"])

    def reopen(self) -> None:
        """Ask why a closed incident is opened again."""
        incident = self._incident
        if incident is None:
            return
        self._form.ask(_("Open {number} again").format(number=incident.number), (Ask(name="reason", label=_("Reason")),), _("Open again"),
                       lambda answers: self._reopen(incident, answers["reason"]))

    def _reopen(self, incident: Incident, reason: str) -> None:
        desk = self._work.desk
        self._work.do(lambda: incidents.reopen_incident(desk, incident_id=incident.id, reason=reason), form=self._form)

    # -- what was taken wrong ------------------------------------------------------------------------------------------
    def correct(self) -> None:
        """Ask what the incident is called, what it is, and where."""
        incident = self._incident
        if incident is None:
            return
        desk, language = self._work.desk, current_language()
        kinds = tuple((kind.id, kind.name.in_language(language)) for kind in desk.trade.types)
        area = desk.tree.by_id[incident.area_id]
        here: Candidate = (area.id, area.name, "")
        fields = (Ask(name="title", label=_("Title"), value=incident.title), AskChoice(name="type_id", label=_("Type"), value=incident.type_id,
                                                                                      choices=kinds),
                  AskPlace(name="area_id", label=_("Where"), value=incident.address, area=here, candidates=self._areas,
                           addressed=True))
        self._form.ask(_("Correct {number}; the log keeps what stood before").format(number=incident.number), fields, _("Correct"),
                       lambda answers: self._correct(incident, answers))

    def _areas(self, text: str) -> list[Candidate]:
        desk = self._work.desk
        return candidates(find_in(desk.tree, text=text, below=desk.area_id), text, current_language())

    def _correct(self, incident: Incident, answers: Answers) -> None:
        desk = self._work.desk
        self._work.do(lambda: incidents.correct_incident(
            desk, incident_id=incident.id, title=answers["title"], type_id=answers["type_id"], area_id=Id(answers["area_id"]) or None,
            address=answers["address"], version=incident.version), form=self._form)

    def join(self) -> None:
        """Ask which open incident this one is the same as."""
        view = self._view()
        if view is None:
            return
        if not view.others_open:
            self._work.tell(_("No other incident is open."))
            return
        choices = tuple((each.id, f"{serial(each.number)} {each.title}") for each in view.others_open)
        self._form.ask(_("Join {number} into another: its calls, orders and teams go there").format(number=view.room.incident.number),
                       (AskChoice(name="into", label=_("Into"), choices=choices),), _("Join"), lambda answers: self._join(view, answers))

    def _join(self, view: RoomView, answers: Answers) -> None:
        desk, into = self._work.desk, Id(answers["into"])
        self._work.do(lambda: calls.join_incident(desk, incident_id=view.id, into_id=into), form=self._form,
                      then=lambda _done: self._work.place.open_room(into))

    def part(self) -> None:
        """Ask which joined call is parted again."""
        view = self._view()
        joined = [call for call in view.room.calls if call.joined] if view is not None else []
        if not joined:
            self._work.tell(_("No call was joined to this incident."))
            return
        choices = tuple((call.id, call.words) for call in joined)
        self._form.ask(_("Part a call; it opens an incident of its own"), (AskChoice(name="call", label=_("Call"), choices=choices),),
                       _("Part"), self._part)

    def _part(self, answers: Answers) -> None:
        desk = self._work.desk
        self._work.do(lambda: calls.part_call(desk, call_id=Id(answers["call"])), form=self._form,
                      then=lambda done: self._work.place.open_room(done.value.id))


def _known(value: int | None) -> str:
    """Return a figure as it is known now, for the empty field it stands behind."""
    return "?" if value is None else str(value)
