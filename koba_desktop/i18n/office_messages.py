"""What the screen says about appointments, clients, letters and offices: code to sentence."""

from collections.abc import Mapping

from koba_desktop.i18n.catalogue import _


def texts() -> Mapping[str, str]:
    """Code to sentence, in the language in force."""
    return {**_slots(), **_appointments(), **_clients(), **_letters(), **_offices()}


def _slots() -> Mapping[str, str]:
    """Why a slot is not free."""
    return {
        "mode_suspends": _(
            "The operating mode “{mode}” suspends personal appointments. "
            "Offer a telephone appointment, or mark the visit as urgent with its reason."
        ),
        "outside_hours": _("Outside the opening hours ({hours}). Choose a time within them."),
        "office_closed": _("The office is closed that day: {reason}. Choose another day."),
        "holiday": _("Public holiday: {name}. Choose another day."),
        "advisor_absent": _("The advisor is absent ({label}). Choose another time or advisor."),
        "outside_pattern": _("The advisor holds no consultations then. Choose another time."),
        "advisor_busy": _("The advisor already has an appointment then. Choose another time."),
        "client_busy": _("The client already has an appointment then. Choose another time."),
        "room_busy": _("No suitable room is free then. Choose another time or the telephone."),
        "airing": _("The room is being aired then. Choose a later time or another room."),
        "cap_reached": _(
            "No more visitors are admitted then ({cap} at most). Choose another time."
        ),
        "too_early_by_post": _(
            "The letter may not arrive in time: the earliest day is {earliest}. "
            "Choose a later day or tell the client by telephone."
        ),
        "in_the_past": _("This time is past. Choose a time to come."),
        "channel_not_allowed": _(
            "This kind of appointment cannot be held that way. Choose another channel or kind."
        ),
        "held": _("Somebody is just booking this time. Choose another or wait a moment."),
        "advisor_missing": _("It is not clear whose appointment this is. Choose an advisor."),
        "kind_missing": _(
            "No kind of appointment is held by telephone. Your administrator can create one."
        ),
    }


def _appointments() -> Mapping[str, str]:
    return {
        "advisor_taken": _(
            "The advisor already has an appointment at this time. Nothing was saved."
        ),
        "client_taken": _("The client already has an appointment at this time. Nothing was saved."),
        "place_taken": _("The room is already booked or being aired. Nothing was saved."),
        "early_reason_missing": _(
            "The attempts to call are not used up yet. Say why the letter is sent earlier."
        ),
    }


def _clients() -> Mapping[str, str]:
    return {
        "name_missing": _("Enter a family name or a given name."),
        "email_not_valid": _("This is not an e-mail address. Check it."),
        "no_such_day": _("“{typed}” is not a date. Write it as 14.07.1979."),
        "number_taken": _("Another client already has the client number {number}."),
        "birth_date_future": _("The date of birth lies in the future. Check the year."),
    }


def _letters() -> Mapping[str, str]:
    """Why a letter is held back or cannot be laid out."""
    return {
        "address_missing": _("There is no postal address. Enter it in the client's data."),
        "letter_address_hidden": _(
            "The client's address is blocked from disclosure (§ 51 BMG). Only the responsible "
            "advisor can release this letter."
        ),
        "letter_address_wanted": _(
            "Somebody else made this letter, without the blocked address (§ 51 BMG). You are "
            "responsible: release it, and it takes the address."
        ),
        "letter_left_out": _(
            "Somebody has printed or changed the letter meanwhile, or it cannot be posted in time "
            "any more."
        ),
        "letter_being_printed": _(
            "Being printed: {printer}, since {since}, by {by} on {host}. Wait until that is over."
        ),
        "letter_perhaps_printed": _(
            "Are the sheets there? At the printer {printer} since {since}, by {by} on {host}, and "
            "not finished."
        ),
        "letter_readdressed": _(
            "Somebody else gets the client's letters by now: the time of a representative has "
            "ended or begun. “Check again” addresses the letter anew."
        ),
        "address_incomplete": _("Street, postcode or town is missing in the postal address."),
        "street_missing": _("The street is missing in the postal address."),
        "postcode_missing": _("The postcode is missing in the postal address."),
        "town_missing": _("The town is missing in the postal address."),
        "postcode_not_german": _(
            "“{postcode}” is not a German postcode (five digits). Correct it or name the country."
        ),
        "address_returned": _(
            "Mail to this address came back on {returned_on}. Ask for the new address."
        ),
        "address_does_not_fit": _(
            "The address does not fit into the envelope window. Shorten it or use fewer lines."
        ),
        "unprintable_character": _(
            "“{character}” cannot be printed. Replace it in the client's data."
        ),
        "window_check_failed": _(
            "Something other than the address would show in the envelope window. Shorten the "
            "address or tell your administrator."
        ),
        "appointment_moved": _(
            "The appointment has changed since: the letter no longer says when or how it takes "
            "place. Make a new letter."
        ),
        "slot_too_early": _(
            "The letter may arrive too late: the earliest day is now {earliest}. Move the "
            "appointment or call."
        ),
        "render_failed": _("The letter could not be laid out. Tell your administrator."),
        "font_missing": _(
            "The font file {file} is missing or damaged, so this letter cannot be laid out. "
            "Install the program again or tell your administrator."
        ),
        "placeholder_unknown": _("Unknown placeholder {placeholder}. Did you mean {suggestion}?"),
        "placeholder_missing": _("There is no value for the placeholder {placeholder}."),
        "placeholder_lacking": _(
            "The translation does not say {placeholder}, which stands in the German wording."
        ),
        "return_line_does_not_fit": _(
            "The return line does not fit into the envelope window. "
            "Shorten it in the office's data."
        ),
        "letter_data_missing": _("The letter has no appointment to announce. Make a new letter."),
        "letter_too_long": _(
            "The letter is too long for two pages. Shorten the list of what to have ready."
        ),
        "text_does_not_fit": _("“{text}” is too long for its place in the letter. Shorten it."),
        "block_missing": _("The wording of the letter lacks the text block “{name}”."),
        "markup_not_allowed": _(
            "“{markup}” is not allowed in the wording of a letter, only <b>, <i> and <br/>."
        ),
        "markup_not_closed": _("“{markup}” is not closed properly in the wording of the letter."),
        "pdf_damaged": _("The PDF of the letter is damaged. Make the letter again."),
        "archive_not_valid": _(
            "The archive copy of the letter is no valid PDF/A, and so it counts as not printed. "
            "Please report this to whoever looks after the program."
        ),
        "page_missing": _("The letter has no page {page}."),
        "print_program_missing": _(
            "The program {program} is needed for printing and is not installed."
        ),
        "printer_missing": _("The printer {printer} cannot be found. Choose another printer."),
        "print_failed": _(
            "The printer {printer} did not print: {detail}. What it was given last counts as not "
            "printed; shred what came out of it."
        ),
        "print_unsure": _("The printer {printer} did not print: {detail}."),
        "print_cancelled": _(
            "Printing on {printer} was called off. What it was given last counts as not printed; "
            "shred what came out of it."
        ),
        "letter_without_appointment": _("only about an appointment"),
        "letter_takes_place": _("the appointment takes place: call it off first"),
        "letter_called_off": _("the appointment does not take place"),
        "letter_only_in_person": _("only for a personal appointment"),
        "letter_only_by_telephone": _("only for a telephone appointment"),
        "letter_only_confirmed": _("the appointment is not confirmed yet"),
        "letter_only_proposed": _("the appointment is confirmed already"),
        "pdf_program_missing": _(
            "This PC has no program that shows PDF files. Save the letter instead."
        ),
        "print_file_not_written": _(
            "The file for the printer could not be written: {reason}. Free some space on this PC, "
            "then print again."
        ),
        "renderer_missing": _("Letters cannot be laid out in this window."),
    }


def _offices() -> Mapping[str, str]:
    return {
        "setting_unknown": _("There is no setting “{key}”."),
        "setting_type": _("This value does not fit the setting “{key}”."),
        "setting_range": _("The setting “{key}” takes values from {least} to {most}."),
        "setting_choice": _("The setting “{key}” takes one of: {choices}."),
    }
