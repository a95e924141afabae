"""Which articles share most with one: sets of articles as the bits of whole numbers.

Counting over lists would take time with the square of the number of articles: a popular topic
holds a tenth of them. With a bit an article, a step handles all of them at once.

Never: looks at a record.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence


def bits_of(places: Iterable[int], count: int) -> int:
    """Return the number whose bits at some places are set; `count` is one more than the last."""
    data = bytearray(count // 8 + 1)
    for place in places:
        data[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(data, "little")


class Kinship:
    """Articles by what they are tied to.

    Args:
        order: Ids of all articles, newest first.
        places: Id → place in the order, from 0.
        tied: Returns the ids of the articles with a tie.
    """

    def __init__(
        self,
        order: Sequence[str],
        places: Mapping[str, int],
        tied: Callable[[str], Sequence[str]],
    ) -> None:
        """Keep them; the bits of a tie are made when it is first asked for."""
        self._order = order
        self._places = places
        self._tied = tied
        self._bits: dict[str, int] = {}

    def nearest(self, article: str, ties: Iterable[str], count: int) -> list[str]:
        """Return the articles that share most of some ties, newer ones first among equals.

        Args:
            article: The one in question, which is left out.
            ties: What it is tied to, each once.
            count: How many to return, at the most.
        """
        digits: list[int] = []
        for tie in ties:
            _add(digits, self._set_of(tie))
        own = ~(1 << self._places[article])
        digits = [digit & own for digit in digits]
        found: list[str] = []
        for shared in range((1 << len(digits)) - 1, 0, -1):
            same = _equal_to(digits, shared)
            while same and len(found) < count:
                lowest = same & -same
                found.append(self._order[lowest.bit_length() - 1])
                same ^= lowest
            if len(found) == count:
                break
        return found

    def _set_of(self, tie: str) -> int:
        bits = self._bits.get(tie)
        if bits is None:
            places = (self._places[article] for article in self._tied(tie))
            bits = self._bits[tie] = bits_of(places, len(self._order))
        return bits


def _add(digits: list[int], bits: int) -> None:
    """Add one, at every place whose bit is set, to the numbers written across `digits`."""
    for index, digit in enumerate(digits):
        digits[index], bits = digit ^ bits, digit & bits
        if not bits:
            return
    if bits:
        digits.append(bits)


def _equal_to(digits: Sequence[int], number: int) -> int:
    """Return the places at which the numbers written across `digits` equal one above 0."""
    same = -1
    for index, digit in enumerate(digits):
        same &= digit if number >> index & 1 else ~digit
    return same
