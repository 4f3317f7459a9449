"""What an office usually begins with; all of it can be changed in the administration."""

from koba_desktop.domain.entities.appointments import AppointmentKind
from koba_desktop.domain.vocabulary import Channel
from koba_desktop.services.ids import new_id


def usual_kinds() -> tuple[AppointmentKind, ...]:
    """The kinds of appointment with their planned minutes (domain rules § 6), each a new record.

    Names and texts go into letters, which are German with a translation beside it.
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
            about=dict(about),
            papers={language: list(lines) for language, lines in papers.items()},
            position=position,
        )
        for position, (name, minutes, channels, about, papers) in enumerate(rows)
    )


_ABOUT = {
    "de": "Um Ihre Situation, Ihre Fragen und die nächsten Schritte.",
    "de_easy": "Wir sprechen über Ihre Situation und Ihre Fragen.",
    "en": "Your situation, your questions and the next steps.",
    "uk": "Про Вашу ситуацію, Ваші запитання та наступні кроки.",
    "ru": "О Вашей ситуации, Ваших вопросах и следующих шагах.",
    "ar": "وضعكم وأسئلتكم والخطوات التالية.",
    "fa": "وضعیت شما، پرسش‌های شما و گام‌های بعدی.",
    "tr": "Durumunuz, sorularınız ve sonraki adımlar.",
    "pl": "Państwa sytuacja, pytania i dalsze kroki.",
    "ro": "Situația dumneavoastră, întrebările dumneavoastră și pașii următori.",
}
_ABOUT_FIRST = {
    "de": "Um Ihre berufliche Situation, Ihre Ziele und unsere Unterstützung.",
    "de_easy": "Wir sprechen über Ihre Arbeit und über unsere Hilfe.",
    "en": "Your working life, your goals and how we can support you.",
    "uk": "Про Вашу професійну ситуацію, Ваші цілі та нашу підтримку.",
    "ru": "О Вашей профессиональной ситуации, Ваших целях и нашей поддержке.",
    "ar": "وضعكم المهني وأهدافكم والدعم الذي نقدمه لكم.",
    "fa": "وضعیت شغلی شما، هدف‌های شما و حمایت ما از شما.",
    "tr": "Mesleki durumunuz, hedefleriniz ve size verebileceğimiz destek.",
    "pl": "Państwa sytuacja zawodowa, cele i wsparcie z naszej strony.",
    "ro": "Situația dumneavoastră profesională, obiectivele dumneavoastră și sprijinul nostru.",
}
_ABOUT_CLAIM = {
    "de": "Um Ihren Antrag und die Unterlagen, die noch fehlen.",
    "de_easy": "Wir sprechen über Ihren Antrag. Einige Papiere fehlen noch.",
    "en": "Your application and the papers that are still missing.",
    "uk": "Про Вашу заяву та документи, яких іще бракує.",
    "ru": "О Вашем заявлении и документах, которых ещё не хватает.",
    "ar": "طلبكم والمستندات الناقصة.",
    "fa": "درخواست شما و مدارکی که هنوز ارائه نشده است.",
    "tr": "Başvurunuz ve henüz eksik olan belgeler.",
    "pl": "Państwa wniosek i dokumenty, których jeszcze brakuje.",
    "ro": "Cererea dumneavoastră și documentele care încă lipsesc.",
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
    "de": ["Ihre Kundennummer", "Schreiben, zu denen Sie Fragen haben"],
    "de_easy": ["Ihre Kunden-Nummer", "Briefe, zu denen Sie Fragen haben"],
    "en": ["your customer number (Kundennummer)", "letters you have questions about"],
    "uk": ["Ваш номер клієнта (Kundennummer)", "листи, щодо яких у Вас є запитання"],
    "ru": ["Ваш номер клиента (Kundennummer)", "письма, по которым у Вас есть вопросы"],
    "ar": ["رقم العميل الخاص بكم (Kundennummer)", "الرسائل التي لديكم استفسارات بشأنها"],
    "fa": ["شماره مشتری شما (Kundennummer)", "نامه‌هایی که درباره آن‌ها پرسش دارید"],
    "tr": ["müşteri numaranız (Kundennummer)", "hakkında sorunuz olan yazılar"],
    "pl": ["numer klienta (Kundennummer)", "pisma, do których mają Państwo pytania"],
    "ro": [
        "numărul dumneavoastră de client (Kundennummer)",
        "scrisorile despre care aveți întrebări",
    ],
}
_NO_PAPERS: dict[str, list[str]] = {language: [] for language in _ABOUT_SHORT}
_PAPERS_FIRST = {
    "de": ["Ihren Lebenslauf", "Zeugnisse und Nachweise", "Ihre Kundennummer"],
    "de_easy": ["Ihren Lebenslauf", "Ihre Zeugnisse", "Ihre Kunden-Nummer"],
    "en": ["your CV", "certificates and references", "your customer number (Kundennummer)"],
    "uk": [
        "Ваше резюме",
        "атестати, дипломи й інші підтвердні документи",
        "Ваш номер клієнта (Kundennummer)",
    ],
    "ru": [
        "Ваше резюме",
        "аттестаты, дипломы и другие подтверждающие документы",
        "Ваш номер клиента (Kundennummer)",
    ],
    "ar": ["سيرتكم الذاتية", "الشهادات والوثائق", "رقم العميل الخاص بكم (Kundennummer)"],
    "fa": [
        "رزومه شما (Lebenslauf)",
        "مدارک تحصیلی و گواهی‌ها",
        "شماره مشتری شما (Kundennummer)",
    ],
    "tr": ["özgeçmişiniz", "diplomalar ve belgeler", "müşteri numaranız (Kundennummer)"],
    "pl": ["życiorys (CV)", "świadectwa i zaświadczenia", "numer klienta (Kundennummer)"],
    "ro": [
        "CV-ul dumneavoastră",
        "diplome și adeverințe",
        "numărul dumneavoastră de client (Kundennummer)",
    ],
}
_PAPERS_CLAIM = {
    "de": ["den Antrag, soweit ausgefüllt", "Kontoauszüge der letzten drei Monate", "Mietvertrag"],
    "de_easy": [
        "den Antrag: Was Sie nicht wissen, lassen Sie frei.",
        "Ihre Konto-Auszüge von den letzten 3 Monaten",
        "Ihren Miet-Vertrag",
    ],
    "en": [
        "the application form, as far as filled in",
        "bank statements for the last three months",
        "tenancy agreement",
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
