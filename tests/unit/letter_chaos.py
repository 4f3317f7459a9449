"""Texts as nobody should type them and somebody does: markup, control characters, marks of
direction, words without end, characters no font of the program has, accents on their own."""

from hypothesis import strategies as st

USUAL = "ABDEFHKLMNRSTWabcdefghilmnoprstuwzäöüßÄÖÜ0123456789.,-/()'"
MARKUP = "&<>\"'{}\\%#"
CONTROLS = "".join(map(chr, (*range(0x20), *range(0x7F, 0xA0))))
DIRECTIONS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
INVISIBLE = "\u00ad\u034f\u115f\u180e\u200b\u200c\u200d\u2060\u2061\u2064\ufe0e\ufe0f\ufeff\ufff9"
SPACES = " \u00a0\u1680\u2002\u2003\u2009\u202f\u205f\u3000\u2028\u2029"
NEIGHBOURS = "łŁąęśćżźčřšžđőűșțğışÅåæøÆØþðéèêëñçãõĦħŒœẞЖдяЇїЄҐґάΩπ"
ACCENTS = "\u0300\u0301\u0302\u0308\u030a\u030c\u0323\u0327\u0328\u0335\u20dd"
COMPATIBLE = "ﬁﬂ½²₂①Ⅳ℡㎡…‼ⅷǆªº′‐‑‒–—―“”„‚‘’•·†§€№™©"
OUTSIDE = "龍王한あअกאبح😀👩🏽🇩\ue000\uf8ff\ufffd\uffff\U0001d400\U000e0041\ud800\udfff"
FRAGMENTS = (
    *("<b>", "</b>", "<br/>", "<img src='/etc/passwd'>", "<para>", "&amp;", "&#0;", "&lt;b&gt;"),
    *("{kunde}", "{0}", "{termin.__class__}", "%s", "\\n", "--", "- -", "c/o", "Ali", "M" * 40),
    *("👩\u200d👩\u200d👧", "e\u0301\u0323", "x\u0301", "\u0301", "ي\u064e", "\u202eabc", "10:15"),
    *("A\u0308", "ẋ\u0323", "fi", "AV", "1/2", "...", "''", "é", "İ", "ı", "\r\n", "\t"),
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
    "Wolfeschlegelsteinhausenbergerdorff-Schulze-Delitzsch",
)

characters = st.one_of(
    *(st.sampled_from(USUAL) for _weight in range(6)),
    *map(st.sampled_from, (MARKUP, CONTROLS, DIRECTIONS, INVISIBLE, SPACES, NEIGHBOURS, ACCENTS)),
    st.sampled_from(COMPATIBLE),
    st.sampled_from(OUTSIDE),
    st.characters(),
)
printable = st.sampled_from(USUAL + MARKUP + NEIGHBOURS + SPACES + DIRECTIONS + INVISIBLE)
words = st.one_of(
    st.text(st.sampled_from(USUAL), min_size=1, max_size=12),
    st.text(printable, min_size=1, max_size=14),
    st.text(characters, min_size=1, max_size=10),
    st.sampled_from(FRAGMENTS),
    st.sampled_from(USUAL).map(lambda ch: ch * 80),
)
calm_words = st.one_of(
    st.text(st.sampled_from(USUAL), min_size=1, max_size=12),
    st.text(printable, max_size=14),
    st.sampled_from(FRAGMENTS),
)


def _lines(of_words: st.SearchStrategy[str], most: int) -> st.SearchStrategy[str]:
    return st.lists(of_words, max_size=most).map(" ".join)


lines = st.one_of(_lines(calm_words, 5), _lines(words, 6))
"""A line of an address; half of them of nothing the font lacks."""

addresses = st.one_of(st.lists(_lines(calm_words, 4), max_size=10), st.lists(lines, max_size=10))
