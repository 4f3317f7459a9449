"""Which page stands on which side of the paper where it is printed on both."""

from collections.abc import Iterable, Iterator


def sides(slips: Iterable[bool]) -> Iterator[int | None]:
    """The numbers of a letter's pages (from 0) in the order in which they are printed, front and
    back in turns, None for a side that stays empty: where the letter would end on a front, and
    where cutting off the reply slip would cut away what stands on its other side.

    ``slips`` says of each page whether there is a slip on it.
    """
    front, before = True, False
    for number, slip in enumerate(slips):
        if not front and (slip or before):
            yield None
            front = True
        yield number
        front, before = not front, slip
    if not front:
        yield None
