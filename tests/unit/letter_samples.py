"""Letters of the office in Halberstadt to build tests on."""

import copy
from typing import Any

KUHN: dict[str, Any] = {
    "office": {
        "name": "Regionalstelle Halberstadt",
        "street": "Spiegelstraße 21",
        "postcode": "38820",
        "town": "Halberstadt",
        "phone": "03943 58-3000",
        "email": "halberstadt@koba.example",
        "return_line": "Postfach 15 42 · 38805 Halberstadt",
        "reply_lines": ["Postfach 15 42", "38805 Halberstadt"],
        "hours": ["Mo, Mi 8–16", "Di, Do 8–17:30", "Fr 8–12"],
    },
    "recipient_lines": ["Frau", "Marlies Kuhn", "Lindenweg 7", "38820 Halberstadt"],
    "salutation_line": "Sehr geehrte Frau Kuhn,",
    "advisor": {
        "name": "Frau Berger",
        "phone": "03943 58-3412",
        "initials": "DB",
        "signature": "Berger",
    },
    "client": {"name": "Marlies Kuhn", "number": "118 274"},
    "reference": "K7M49QXR",
    "made_on": "2021-04-01",
    "appointment": {
        "starts": "2021-04-13T08:15:00+00:00",
        "minutes": 30,
        "channel": "telephone",
        "phone": "0176 04069118",
    },
    "former": None,
    "attempts": ["2021-03-30", "2021-04-01"],
    "about": "Um Ihre Situation, Ihre Fragen und die nächsten Schritte.",
    "papers": ["Ihren aktuellen Lebenslauf", "Schreiben, zu denen Sie Fragen haben"],
    "answer_until": "2021-04-12",
    "demo": False,
    "form": "B",
    "envelope": "DL",
    "address_blocked": False,
}
MOVED_FROM = {"starts": "2021-04-12T07:00:00+00:00"}
REPRESENTED: dict[str, Any] = {
    "recipient_lines": ["Herrn", "Jörg Hartwig", "Am Breiten Tor 12", "38820 Halberstadt"],
    "salutation_line": "Sehr geehrter Herr Hartwig,",
    "client": {"name": "Marlies Kuhn", "number": "118 274", "represented": True},
}
LONG_NAME = "Maximiliane-Charlotte Freifrau von und zu Hohenstein-Wernigerode-Blankenburg"
LONG_ADDRESS = [
    "Frau",
    f"Prof. Dr. Dr. {LONG_NAME}",
    "c/o Seniorenresidenz Am Klosterwäldchen GmbH & Co. KG",
    "Wohnbereich 3, Zimmer 312",
    "Heinrich-Heine-Straße 117 a, Hinterhaus",
    "38871 Ilsenburg-Drübeck (Harz)",
]
NINE_LINES = [
    "Herrn",
    "Ali",
    "bei Familie Schneider",
    "Haus Nummer 3",
    "Aufgang B",
    "2. Etage rechts",
    "Große Straße 1",
    "1010 Wien",
    "ÖSTERREICH",
]


def letter(**changes: Any) -> dict[str, Any]:
    """Frau Kuhn's proposal with some fields changed; a mapping changes only the keys it names."""
    data = copy.deepcopy(KUHN)
    for name, value in changes.items():
        if isinstance(value, dict) and isinstance(data.get(name), dict):
            data[name].update(value)
        else:
            data[name] = value
    return data


def visit(**changes: Any) -> dict[str, Any]:
    """Visitor 124, who comes alone."""
    return {"number": "124", "companions": 0, "needs": [], "urgent": False, **changes}


def personal(channel: str = "in_person", **changes: Any) -> dict[str, Any]:
    """Frau Kuhn is to come on Tue 13 April 2021, 10:15; nobody had to call her."""
    data = letter(attempts=[], **changes)
    data["appointment"]["channel"] = channel
    data.setdefault("visit", visit())
    return data
