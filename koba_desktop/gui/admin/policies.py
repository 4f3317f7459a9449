"""What the screen calls the settings, their units and where their defaults come from."""

from koba_desktop.i18n import _, pgettext


def policy_name(key: str) -> str:
    """The name of a policy; an unknown one shows its key."""
    return {
        "postal.last_collection": _("Last collection of mail"),
        "postal.collection_weekdays": _("Days on which mail is collected"),
        "postal.preparation_days": _("Time to prepare after a letter arrives"),
        "ladder.attempts": _("Attempts to call before a letter"),
        "ladder.hours_apart": _("Hours between two attempts"),
        "ladder.best_hour_attempts": _("Attempts before a best time is named"),
        "slots.grid_minutes": _("Grid of appointments"),
        "slots.hold_minutes": _("How long a time is kept for a form being filled in"),
        "slots.horizon_days": _("How far ahead free appointments are sought"),
        "duration.surcharge_percent": _("Surcharge on the duration of appointments"),
        "visitors.cap": _("Maximum visitors at a time"),
        "visitors.cap_half_hour": _("Maximum visitors per half hour"),
        "letters.form": _("Form of letters (DIN 5008)"),
        "letters.envelope": _("Envelope"),
        "letters.calendar_entry": _("Appointment as a code for the phone's calendar"),
        "letters.summons": _("Formal summons"),
        "reception.wait_minutes": _("Waiting time until the warning"),
        "emergency.wait_minutes": _("Longest wait in an emergency"),
        "emergency.minutes": _("Duration of a talk in an emergency"),
        "emergency.least_minutes": _("Shortest talk in an emergency"),
        "emergency.duty": _("On duty for emergencies"),
        "reception.checklist": _("Checklist when a visitor arrives"),
        "air.co2_litres": _("CO₂ a person breathes out, seated"),
        "airing.cap_minutes": _("Longest pause for airing"),
        "worklist.answer_days": _("Show proposals without an answer"),
        "outage.snapshot_minutes": _("Keep the view for outages no older than"),
    }.get(key, key)


def choice_text(choice: object) -> str:
    """A word a setting can be. A norm's own word stands as it is."""
    return {
        "neutral": _("without the office's name"),
        "office": _("with the office's name"),
        "none": _("no code"),
    }.get(str(choice), str(choice))


def unit_text(unit: str) -> str:
    """What a number counts. A unit nobody wrote a word for stands as it is."""
    return {
        "time of day": _("time of day"),
        "ISO weekdays": _("weekdays"),
        "working days": _("working days"),
        "attempts": _("attempts"),
        "hours": _("hours"),
        "minutes": pgettext("unit", "minutes"),
        "days": _("days"),
        "percent": _("percent"),
        "logins": _("logins, separated by commas"),
        "litres an hour": _("litres an hour"),
        "visitors at a time": _("visitors at a time"),
        "visitors per half hour": _("visitors per half hour"),
    }.get(unit, unit)


def source_text(source: str) -> str:
    """Where a default comes from. A source nobody translated (a norm) stands as it is."""
    return {
        "office": _("office practice"),
        "office: the client must be able to prepare": _(
            "office practice: the client must be able to prepare"
        ),
        "office: consultations take longer during the pandemic": _(
            "office practice: consultations take longer during the pandemic"
        ),
        "office: how long a talk in an emergency is planned for": _(
            "office practice: how long a talk in an emergency is planned for"
        ),
        "office: the shortest talk for which a room is offered": _(
            "office practice: the shortest talk for which a room is offered"
        ),
        "office: who is on duty for emergencies, the first one free is proposed": _(
            "office practice: who is on duty for emergencies, the first one free is proposed"
        ),
        "hygiene concept of the office": _("hygiene concept of the office"),
        "office: whoever sees the phone learns nothing": _(
            "office practice: whoever sees the phone learns nothing"
        ),
        "§ 59 SGB II with § 309 SGB III": _("§ 59 SGB II with § 309 SGB III"),
        "office: how long before its time an unanswered proposal is shown": _(
            "office practice: how long before its time an unanswered proposal is shown"
        ),
        "office: how old the view may be while the server is away": _(
            "office practice: how old the view may be while the server is away"
        ),
    }.get(source, source)
