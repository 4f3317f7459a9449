"""The audit in words: an event's object, and what a filter asks for."""

from koba_desktop.domain.entities.staff import Staff
from koba_desktop.i18n import _, formats
from koba_desktop.i18n.audit_words import field_word, object_word
from koba_desktop.i18n.words import word
from koba_desktop.services.audit.rows import AuditFilter, AuditRow, short_id


def object_title(row: AuditRow) -> str:
    """ "Termin K7M4 9QXR", "Rufnummer …3f2a91bc": never a name."""
    name = object_word(row.object_kind)
    if row.reference:
        return f"{name} {formats.reference(row.reference)}"
    return f"{name} …{short_id(row.object_id)}" if row.object_id is not None else name


def author(row: AuditRow) -> str:
    """Who did it: "Berger, Anna", the login of the database where that is all that is known."""
    return formats.name_sorted(row.family_name, row.given_name) or row.login or ""


def fields_text(row: AuditRow) -> str:
    """The fields in words, as a list."""
    return ", ".join(field_word(name) for name in row.fields)


def filter_text(wanted: AuditFilter, member: Staff | None) -> str:
    """What a filter asks for as one line; ``member`` is the person it names."""
    parts = [
        _("from {day}").format(day=formats.date_short(wanted.first)) if wanted.first else "",
        _("until {day}").format(day=formats.date_short(wanted.last)) if wanted.last else "",
    ]
    if wanted.staff_id is not None:
        name = formats.name_sorted(member.family_name, member.given_name) if member else ""
        parts.append(_("Person: {name}").format(name=name or short_id(wanted.staff_id)))
    if wanted.action is not None:
        parts.append(_("Action: {action}").format(action=word(wanted.action)))
    if wanted.object_kind:
        parts.append(_("Object: {kind}").format(kind=object_word(wanted.object_kind)))
    if wanted.subject.strip():
        parts.append(_("Number: {number}").format(number=wanted.subject.strip()))
    if wanted.field:
        parts.append(_("Field: {field}").format(field=field_word(wanted.field)))
    if wanted.reason.strip():
        parts.append(_("Reason contains “{text}”").format(text=wanted.reason.strip()))
    return "; ".join(part for part in parts if part) or _("everything")
