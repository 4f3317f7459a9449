"""What the screen says where a rule of the office refuses a command."""

from collections.abc import Mapping

from koba_desktop.i18n.catalogue import _


def refusals() -> Mapping[str, str]:
    """Sentences by code, in the language in force."""
    return {
        **_work(),
        **_door(),
        **_letters(),
        **_wordings(),
        **_clients(),
        **_master_data(),
        **_modes(),
    }


def _work() -> Mapping[str, str]:
    return {
        "client_missing": _("Choose a client or enter the visitor's name."),
        "urgency_category_missing": _("Choose why the visit cannot wait."),
        "ends_before_start": _("The end must come after the beginning."),
        "state_not_possible": _("An appointment that is “{from}” cannot become “{to}”."),
        "appointment_not_movable": _(
            "An appointment that is “{state}” cannot be moved. Book a new one."
        ),
        "task_closed": _("This call is already settled. Reload the call list (F5)."),
        "ladder_not_exhausted": _(
            "{made} of {needed} attempts have been made. Say why the letter is sent earlier."
        ),
        "place_of_other_office": _("This room belongs to another office. Choose another room."),
        "room_retired": _("The room {room} is no longer used then. Choose another room."),
        "hold_of_another": _("Somebody else keeps this time. Choose another one."),
        "draft_of_another": _("This draft belongs to somebody else."),
        "not_entitled": _("Your role does not allow this. Ask your team lead."),
    }


def _door() -> Mapping[str, str]:
    """Rooms, visits and emergencies."""
    return {
        "room_occupied": _("Somebody is still in this room. Wait until it is vacated."),
        "room_airing": _("This room is still being aired ({until}). Choose another room or wait."),
        "room_not_cleaned": _("This room has not been cleaned yet. Sign for the cleaning first."),
        "place_in_use": _("This room is in use or being aired or cleaned. Nothing was saved."),
        "booking_state": _("The room is “{state}” for this booking: this step does not fit now."),
        "booking_not_movable": _("A use that is “{state}” cannot be moved that way."),
        "not_aired_yet": _("The air is changed at {until}. Sign for it then."),
        "initials_missing": _("Enter the initials of who cleaned."),
        "result_missing": _("Choose what was done in this urgent visit."),
        "clock_set_back": _(
            "The clock shows {now}, but the step before was taken at {earlier}. Nothing was saved: "
            "check the clock of this PC."
        ),
        "too_many_persons": _(
            "{room} holds {most} persons at most, not {persons}. Choose a larger room or fewer "
            "persons."
        ),
        "not_accessible": _("{room} cannot be reached by wheelchair. Choose another room."),
        "no_screen": _("{room} has no screen that is high enough. Choose another room."),
        "not_confidential": _(
            "Outside the door others can listen: nothing confidential there. Choose a room."
        ),
        "no_room_fits": _(
            "No room here holds {persons} persons with these needs ({most} at most). Choose fewer "
            "persons or the telephone."
        ),
        "no_place": _(
            "No room here fits so many persons and their needs. Choose fewer persons or the "
            "telephone."
        ),
        "place_missing": _("Choose a room, a place outside, or the telephone."),
        "emergency_today": _(
            "An emergency is seen or called today. Book an urgent appointment for another day."
        ),
        "advisor_not_here": _(
            "Whoever is named holds no consultations in this office. Choose another advisor."
        ),
        "place_of_other_channel": _(
            "This place does not suit how the appointment is held. Choose a room for a talk "
            "inside, a place outside the door for one outdoors."
        ),
        "has_place": _("This appointment has a room already."),
        "not_personal": _("This appointment is held by telephone: nobody comes to the office."),
        "not_today": _("This appointment is on {day}. Move it to today if the visit cannot wait."),
        "visitor_not_waiting": _("This visitor is not waiting (any more). Reload the view (F5)."),
        "room_closed_then": _("The room is already closed from {starts} to {ends}."),
        "closed_too_long": _(
            "A room can be closed for {most} days at once. Choose an earlier end."
        ),
        "room_not_closed": _("{room} is not closed."),
        "use_missing": _("Choose what the room is closed for."),
        "room_has_bookings": _(
            "The room is booked until {until}. Move these bookings first, or give it a later end."
        ),
    }


def _letters() -> Mapping[str, str]:
    return {
        "letter_needs_client": _(
            "A visitor without a record gets no letter. Record the client first."
        ),
        "template_missing": _(
            "There is no wording in force for the letter “{kind}”. Tell your administrator."
        ),
        "slips_none": _("There is no appointment here that a reply slip could be about."),
        "letter_not_printable": _(
            "A letter that is “{state}” cannot be marked as printed. Reload the outbox (F5)."
        ),
        "letter_is_paper": _(
            "A letter that is “{state}” cannot be changed any more. Make a new letter."
        ),
        "letter_not_printed": _("Only a printed letter can be posted."),
        "posted_in_future": _(
            "{day} is still to come. Enter the day of posting when it was posted."
        ),
        "posted_before_printed": _("The letter was not printed yet on {day}. Check the day."),
        "posted_meanwhile": _("{by} has entered {day} meanwhile."),
        "letter_needs_appointment": _(
            "The letter “{kind}” does not go without an appointment. Choose the appointment first."
        ),
        "printed_meanwhile": _(
            "What was to be taken back has been printed by now. A letter that is not to be sent "
            "can be discarded under “Letters”."
        ),
        "letter_not_resendable": _(
            "A letter that is “{state}” cannot be sent once more: only one that was printed."
        ),
        "letter_appointment_moved": _(
            "The appointment does not take place (any more) as this letter says. Make a new letter."
        ),
        "summons_off": _(
            "Your office sends no formal summonses. An administrator can switch them on in the "
            "settings."
        ),
        "summons_by_telephone": _(
            "Only a personal appointment can be a formal summons. This one is held by telephone."
        ),
        "no_slot_found": _(
            "No free time was found within {days} days. Choose one in the calendar, or another "
            "advisor."
        ),
        "letter_asks_nothing": _("The letter “{kind}” asks for no answer."),
        "letter_not_answerable": _(
            "A letter that is “{state}” cannot have been answered. Reload the outbox (F5)."
        ),
        "answered_in_future": _("{day} is still to come. Enter the day on which the answer came."),
        "answered_before_printed": _(
            "The letter was not printed yet on {day}. Check the day of the answer."
        ),
        "archive_damaged": _(
            "The stored copy of this letter has been changed since it was printed. Tell your "
            "administrator."
        ),
        "archive_missing": _("There is no stored copy of this letter."),
        "appointment_over": _(
            "The appointment of this letter does not take place any more. Discard the letter."
        ),
        "appointment_stands": _(
            "The appointment takes place. Call it off first, then the letter can say so."
        ),
        "blocked_address": _(
            "This address is blocked from disclosure. Only the responsible advisor prints its "
            "letters."
        ),
    }


def _wordings() -> Mapping[str, str]:
    return {
        "wording_in_past": _("{day} is over: letters of that day stay as they were. Choose today."),
        "wording_changed": _(
            "{by} has written a newer version of this text ({at}). Look at it before you save."
        ),
        "wording_at_once": _(
            "Somebody else has saved this text at the same moment. Look at it before you save."
        ),
        "wording_unchanged": _("Nothing has been changed: this version exists already."),
        "wording_not_used": _("No letter would take this text: “{kind}” is not translated so."),
        "wording_not_translated": _("Only a translation is checked by a native reader."),
        "reviewed_in_future": _("{day} is still to come. Enter the day of the check."),
    }


def _clients() -> Mapping[str, str]:
    return {
        "address_hidden": _(
            "This client's address is blocked from disclosure. Only the responsible advisor "
            "can open these data."
        ),
        "address_reason_missing": _(
            "This client's address is blocked from disclosure. Say on the client's card why you "
            "need to see it; the reason is logged."
        ),
        "phone_missing": _("Enter the phone number or remove the line."),
        "email_missing": _("Enter the e-mail address or remove the line."),
        "email_invalid": _("This is not an e-mail address. Check it."),
        "representative_name_missing": _("Enter the representative's name or organisation."),
        "person_known": _(
            "A person of this name and date of birth is already known (client number {number}). "
            "Add the number to the record."
        ),
        "number_of_another": _(
            "This client number belongs to {name}, with another date of birth. Check the number."
        ),
    }


def _master_data() -> Mapping[str, str]:
    return {
        "field_missing": _("This field must be filled in."),
        "already_exists": _("This already exists. Choose another."),
        "unknown_id": _("What this belongs to no longer exists. Reload the view (F5)."),
        "has_history": _("This cannot be deleted: past entries name it. Give it an end instead."),
        "return_line_tells": _(
            "The return line shows in the envelope window: it must not say “Jobcenter”."
        ),
        "district_key_invalid": _("The district key has five digits, for example 15085."),
        "weekday_invalid": _("Choose a weekday."),
        "week_parity_invalid": _("Choose every week, even weeks or odd weeks."),
        "hours_overlap": _("These hours overlap with others of the same weekday."),
        "minutes_invalid": _("The duration must be between 1 and {most} minutes."),
        "channel_missing": _("Choose at least one way to hold the appointment."),
        "not_positive": _("Enter a number greater than 0."),
        "no_such_time": _("“{typed}” is not a time of day. Write it as 08:30."),
        "no_such_number": _("“{typed}” is not a number that fits here."),
        "last_administrator": _(
            "Somebody must remain who can administer. Give another person that role first."
        ),
        "rule_broken": _(
            "The entry breaks a rule of the database ({rule}). Nothing was "
            "saved. Check what you typed, or tell your administrator."
        ),
        "reference_broken": _(
            "Something this entry needs no longer exists, or is still needed elsewhere. "
            "Nothing was saved. Reload (F5) and try again."
        ),
    }


def _modes() -> Mapping[str, str]:
    return {
        "reason_missing": _("Enter the reason."),
        "mode_in_force": _(
            "The mode “{mode}” is already in force. Decide on another mode instead of withdrawing."
        ),
        "mode_withdrawn": _("This decision has already been withdrawn."),
    }
