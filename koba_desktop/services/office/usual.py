"""What an office usually begins with; all of it can be changed in the administration."""

from collections.abc import Mapping

from koba_desktop.domain.entities.appointments import AppointmentKind
from koba_desktop.domain.vocabulary import Channel
from koba_desktop.services.ids import new_id

SUMMONS = {"de": "summons", "de_easy": "summons_easy"}
"""Beside the languages a kind's ``about`` has these keys, in German and in Leichte Sprache: what a
formal summons is for. It is a whole sentence, as the letter must state one of the purposes that
§ 309 Abs. 2 SGB III names."""


def usual_kinds() -> tuple[AppointmentKind, ...]:
    """The kinds of appointment with their planned minutes (domain rules § 6), each a new record.

    Names and texts go into letters, which are German with a translation beside it, or in Leichte
    Sprache. They suit whoever reads the letter, be it a representative: no "your" is the client's.
    """
    talk, visit, outside = Channel.TELEPHONE, Channel.IN_PERSON, Channel.OUTDOORS
    rows = (
        ("Erstgespräch", 60, (talk, visit), _ABOUT_FIRST, _PAPERS_FIRST),
        ("Folgegespräch", 30, (talk, visit, outside), _ABOUT, _PAPERS),
        ("Fallmanagement", 60, (talk, visit), _ABOUT, _PAPERS),
        ("Antrag", 30, (talk, visit, outside), _ABOUT_CLAIM, _PAPERS_CLAIM),
        ("Kurzes Telefonat", 15, (talk,), _ABOUT_SHORT, _NO_PAPERS),
    )
    return tuple(
        AppointmentKind(
            id=new_id(),
            name=name,
            minutes=minutes,
            channels=channels,
            outdoors_allowed=outside in channels,
            about={**about, **usual_purposes(name)},
            papers={language: list(lines) for language, lines in papers.items()},
            position=position,
        )
        for position, (name, minutes, channels, about, papers) in enumerate(rows)
    )


def usual_purposes(name: str) -> Mapping[str, str]:
    """The purposes of a summons to an appointment of the usual kind of that name, under the keys of
    ``SUMMONS``. Of other kinds the wording of the letter has one: placement in training or work."""
    return _PURPOSES.get(name, {})


_PURPOSES: Mapping[str, Mapping[str, str]] = {
    # Vorbereitung aktiver Arbeitsförderungsleistungen
    "Fallmanagement": {
        "summons": "Wir bereiten Leistungen der aktiven Arbeitsförderung vor und besprechen, "
        "welche Unterstützung auf dem Weg in Arbeit hilft.",
        "summons_easy": "Wir sprechen über Hilfen für die Suche nach Arbeit.",
    },
    # Vorbereitung von Entscheidungen im Leistungsverfahren, Prüfung der Voraussetzungen
    "Antrag": {
        "summons": "Wir bereiten die Entscheidung über den Antrag vor und prüfen, ob die "
        "Voraussetzungen für die Leistung vorliegen.",
        "summons_easy": "Wir prüfen den Antrag: Gibt es Geld von uns?",
    },
}
_ABOUT = {
    "de": "Um die aktuelle Situation, Ihre Fragen und die nächsten Schritte.",
    "de_easy": "Wir sprechen über die Situation und über die nächsten Schritte.",
    "en": "The current situation, your questions and the next steps.",
    "uk": "Про нинішню ситуацію, Ваші запитання та наступні кроки.",
    "ru": "О нынешней ситуации, Ваших вопросах и следующих шагах.",
    "ar": "الوضع الحالي وأسئلتكم والخطوات التالية.",
    "fa": "وضعیت کنونی، پرسش‌های شما و گام‌های بعدی.",
    "tr": "Şu anki durum, sorularınız ve sonraki adımlar.",
    "pl": "Obecna sytuacja, Państwa pytania i dalsze kroki.",
    "ro": "Situația actuală, întrebările dumneavoastră și pașii următori.",
}
_ABOUT_FIRST = {
    "de": "Um die berufliche Situation, um Ziele und unsere Unterstützung.",
    "de_easy": "Wir sprechen über Arbeit, über Ziele und über unsere Hilfe.",
    "en": "The job situation, goals and the support we can offer.",
    "uk": "Про професійну ситуацію, цілі та нашу підтримку.",
    "ru": "О профессиональной ситуации, целях и нашей поддержке.",
    "ar": "الوضع المهني والأهداف والدعم الذي نقدمه.",
    "fa": "وضعیت شغلی، هدف‌ها و حمایت ما.",
    "tr": "Mesleki durum, hedefler ve verebileceğimiz destek.",
    "pl": "Sytuacja zawodowa, cele i wsparcie z naszej strony.",
    "ro": "Situația profesională, obiectivele și sprijinul nostru.",
}
_ABOUT_CLAIM = {
    "de": "Um den Antrag und die Unterlagen, die noch fehlen.",
    "de_easy": "Wir sprechen über den Antrag und über fehlende Papiere.",
    "en": "The application and the papers that are still missing.",
    "uk": "Про заяву та документи, яких іще бракує.",
    "ru": "О заявлении и документах, которых ещё не хватает.",
    "ar": "الطلب والمستندات الناقصة.",
    "fa": "درخواست و مدارکی که هنوز ارائه نشده است.",
    "tr": "Başvuru ve henüz eksik olan belgeler.",
    "pl": "Wniosek i dokumenty, których jeszcze brakuje.",
    "ro": "Cererea și documentele care încă lipsesc.",
}
_ABOUT_SHORT = {
    "de": "Um eine kurze Rückfrage.",
    "de_easy": "Wir haben eine kurze Frage.",
    "en": "A short question.",
    "uk": "Про одне коротке запитання.",
    "ru": "Об одном коротком вопросе.",
    "ar": "استفسار قصير.",
    "fa": "یک پرسش کوتاه.",
    "tr": "Kısa bir soru.",
    "pl": "Krótkie pytanie.",
    "ro": "O întrebare scurtă.",
}
_PAPERS = {
    "de": ["die Kundennummer", "Schreiben, zu denen Sie Fragen haben"],
    "de_easy": ["die Kunden-Nummer", "Briefe, die Sie nicht verstehen"],
    "en": ["the customer number (Kundennummer)", "letters you have questions about"],
    "uk": ["номер клієнта (Kundennummer)", "листи, щодо яких у Вас є запитання"],
    "ru": ["номер клиента (Kundennummer)", "письма, по которым у Вас есть вопросы"],
    "ar": ["رقم العميل (Kundennummer)", "الرسائل التي لديكم استفسارات بشأنها"],
    "fa": ["شماره مشتری (Kundennummer)", "نامه‌هایی که درباره آن‌ها پرسش دارید"],
    "tr": ["müşteri numarası (Kundennummer)", "hakkında sorunuz olan yazılar"],
    "pl": ["numer klienta (Kundennummer)", "pisma, do których mają Państwo pytania"],
    "ro": [
        "numărul de client (Kundennummer)",
        "scrisorile despre care aveți întrebări",
    ],
}
_NO_PAPERS: dict[str, list[str]] = {language: [] for language in _ABOUT_SHORT}
_PAPERS_FIRST = {
    "de": ["den Lebenslauf", "Zeugnisse und Nachweise", "die Kundennummer"],
    "de_easy": ["den Lebens-Lauf", "Zeugnisse", "die Kunden-Nummer"],
    "en": ["the CV", "certificates and references", "the customer number (Kundennummer)"],
    "uk": [
        "резюме",
        "атестати, дипломи й інші підтвердні документи",
        "номер клієнта (Kundennummer)",
    ],
    "ru": [
        "резюме",
        "аттестаты, дипломы и другие подтверждающие документы",
        "номер клиента (Kundennummer)",
    ],
    "ar": ["السيرة الذاتية", "الشهادات والوثائق", "رقم العميل (Kundennummer)"],
    "fa": [
        "رزومه (Lebenslauf)",
        "مدارک تحصیلی و گواهی‌ها",
        "شماره مشتری (Kundennummer)",
    ],
    "tr": ["özgeçmiş", "diplomalar ve belgeler", "müşteri numarası (Kundennummer)"],
    "pl": ["życiorys (CV)", "świadectwa i zaświadczenia", "numer klienta (Kundennummer)"],
    "ro": [
        "CV-ul",
        "diplome și adeverințe",
        "numărul de client (Kundennummer)",
    ],
}
_PAPERS_CLAIM = {
    "de": [
        "den Antrag, soweit ausgefüllt",
        "die Kontoauszüge der letzten drei Monate",
        "den Mietvertrag",
    ],
    "de_easy": [
        "den Antrag: Was Sie nicht wissen, lassen Sie frei.",
        "die Konto-Auszüge von den letzten 3 Monaten",
        "den Miet-Vertrag",
    ],
    "en": [
        "the application form, as far as filled in",
        "bank statements for the last three months",
        "the tenancy agreement",
    ],
    "uk": [
        "заяву, заповнену, наскільки це можливо",
        "виписки з рахунку за останні три місяці",
        "договір оренди житла",
    ],
    "ru": [
        "заявление, заполненное, насколько это возможно",
        "выписки со счёта за последние три месяца",
        "договор аренды жилья",
    ],
    "ar": [
        "نموذج الطلب بعد تعبئة ما أمكن منه",
        "كشوف الحساب للأشهر الثلاثة الأخيرة",
        "عقد الإيجار",
    ],
    "fa": ["فرم درخواست، تا جایی که پر شده است", "صورت‌حساب‌های بانکی سه ماه گذشته", "قرارداد اجاره"],
    "tr": [
        "doldurabildiğiniz kadarıyla başvuru formu",
        "son üç ayın banka hesap özetleri",
        "kira sözleşmesi",
    ],
    "pl": [
        "wniosek, wypełniony w miarę możliwości",
        "wyciągi z konta z ostatnich trzech miesięcy",
        "umowę najmu",
    ],
    "ro": [
        "cererea, completată pe cât posibil",
        "extrasele de cont din ultimele trei luni",
        "contractul de închiriere",
    ],
}
