"""The articles that are out, newest first, and by what they are tied to.

It is made of what lists show of articles, and of nothing else: an edit of a text leaves it as it
is.

Never: looks at a record.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property

from msgspec.structs import astuple

from alliance_site.model.digests import digest_of_lines
from alliance_site.model.heads import Listing
from alliance_site.model.kinship import Kinship


class ArticleOrder:
    """Articles by the day they came out, newest first; those of one day by id.

    Args:
        listings: By id.
        digest: Of what lists show of them.
    """

    def __init__(self, listings: Iterable[Listing], digest: str) -> None:
        """Put them in order."""
        self.digest = digest
        found = sorted(listings, key=lambda item: item.published, reverse=True)
        self.listings: tuple[Listing, ...] = tuple(found)
        self._looked_for: dict[str, tuple[str, ...]] = {}

    @cached_property
    def places(self) -> Mapping[str, int]:
        """Id → place in the order, from 0."""
        return {item.id: place for place, item in enumerate(self.listings)}

    def tied(self, tie: str) -> tuple[str, ...]:
        """Return the ids of the articles with a tie, newest first."""
        if len(self._looked_for) == _FEW:
            return self.postings.get(tie, ())
        if tie not in self._looked_for:
            prefix, _, name = tie.partition(":")
            topic = name if prefix == "topic" else None
            found = (item.id for item in self.listings if tie in item.about or topic in item.topics)
            self._looked_for[tie] = tuple(found)
        return self._looked_for[tie]

    @cached_property
    def postings(self) -> Mapping[str, tuple[str, ...]]:
        """Tie → ids of the articles with it, newest first."""
        found: dict[str, list[str]] = defaultdict(list)
        for listing in self.listings:
            for tie in listing.ties:
                found[tie].append(listing.id)
        return {tie: tuple(ids) for tie, ids in found.items()}

    def digest_of_tie(self, tie: str) -> str:
        """Digest the articles with a tie; empty where there are none.

        With their days, which decide between articles that are tied to different things.
        """
        found = self.tied(tie)
        return digest_of_lines(self._days[article] for article in found) if found else ""

    @cached_property
    def digest_of_order(self) -> str:
        """Digest which articles there are, and in what order."""
        return digest_of_lines(self._days.values())

    @cached_property
    def _days(self) -> Mapping[str, str]:
        """Id → it, and the day the article came out, in order."""
        # As a tuple a day is written in half of the time.
        return {item.id: f"{item.id} {astuple(item.published)}" for item in self.listings}

    @cached_property
    def kinship(self) -> Kinship:
        """Articles by what they share."""
        return Kinship([item.id for item in self.listings], self.places, self.tied)


_FEW = 12
"""For how many ties it is faster to look through all articles than to put them in order by ties."""
