"""Every record of a site by its head, and the digest of whatever can be asked of them.

A key names a question, and its digest what the answer rests on:

| key | question |
|---|---|
| `record organizations/ibm` | all that the record says |
| `@org:ibm` | its name and address, and what lists show of it; whether there is one |
| `ids organizations` | which there are |
| `all organizations` | all that all of them say |
| `order` | which articles are out, newest first |
| `listings` | what lists show of all of them |
| `tie topic:licensing` | which articles are tied to it, newest first |
| `count topic:licensing` | how many articles are tied to it |
| `document content/site.yaml` | all that stands in a file, and where |
| `few 1000` | whether there are no more articles than so many |
| `newest 500 launch` | whether an article is among so many of the newest |
| `related launch 4 1f2e…` | whether these share most with an article (`related_question`) |
| `archives` | which files there are |
| `former` | all former ids |
| `names` | the names of everything |
| `releases` | which releases there are |
| `history org:ibm` | which releases changed a record, and what they hold |
| `notices 17` | which corrections mend what stood on the pages of that share (see `share_of`) |
| `noticed` | the same of everything |
| `image /images/launch.jpg` | a file that a text shows, and how it can be shown |
| `image-files` | which images there are |

Never: reads a file.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from operator import attrgetter
from zlib import crc32

from msgspec import Struct, field
from msgspec.structs import replace

from alliance_site.diagnostics import Code, Diagnostic
from alliance_site.ids import PAGE_LISTS
from alliance_site.model.digests import digest_of_lines
from alliance_site.model.heads import DocumentHead, Head, Listing, ReleaseHead
from alliance_site.model.images import NO_IMAGES, Images, SiteImage
from alliance_site.model.kinds import KINDS
from alliance_site.model.order import ArticleOrder
from alliance_site.model.records import SiteSettings
from alliance_site.model.releases import in_chain
from alliance_site.model.renames import Renames

HIDDEN_NAME = "an article that is not out"
"""Stands for the title of an article that readers may not see yet, or no longer."""

PREFIXES = {kind.collection: kind.prefix for kind in KINDS} | {"comparisons": "comparison"}


class Catalog(Struct, frozen=True, kw_only=True, eq=False, dict=True):
    """All heads of a site, as they are on a day.

    Attributes:
        heads: Collection → id → head, by id; articles that are out, and no others.
        hidden: Keys of articles that are not out.
        names: The name of everything that can be linked or referred to, by key.
        parts: Comparison → paths of its files.
        diagnostics: Ids that two records share.
        gone: Keys of what was not there, or not known, on the site's days.
        notices: Address within the site, or key of a record → ids of the corrections of what
            stood there, newest first.
        ordered: The articles that are out, in order, where that is known already.
        shape: The same in catalogues that differ in what files say of themselves alone.
    """

    heads: Mapping[str, Mapping[str, Head]]
    hidden: frozenset[str]
    names: Mapping[str, str]
    parts: Mapping[str, tuple[str, ...]]
    documents: Mapping[str, DocumentHead]
    diagnostics: tuple[Diagnostic, ...] = ()
    gone: frozenset[str] = frozenset()
    notices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    images: Images = NO_IMAGES
    ordered: ArticleOrder | None = None
    shape: object = field(default_factory=object)

    def with_new(self, changed: Iterable[DocumentHead]) -> "Catalog | None":
        """Return the same with new versions of some files.

        Returns:
            None where other records know anything of such a file that has changed: that may touch
            whatever is known of the site.
        """
        documents = dict(self.documents)
        heads = {name: dict(items) for name, items in self.heads.items()}
        for document in changed:
            known = documents.get(document.path)
            # What holds no records is part of a comparison, a release, or the settings.
            if known is None or not known.heads or not document.says_the_same_elsewhere(known):
                return None
            documents[document.path] = document
            for head in document.heads:
                first = heads[head.collection].get(head.id)
                if first is not None and first.path == head.path:
                    heads[head.collection][head.id] = head
        return replace(self, documents=documents, heads=heads)

    def touched_since(self, before: Mapping[str, DocumentHead]) -> "Touched | None":
        """Return which questions may have had another answer at another state of all files.

        Args:
            before: Path → what was known of a file; what is known still is the very same there.

        Returns:
            None where any may: what holds no records is part of a comparison, a release, or the
            settings, and these are asked in other ways.
        """
        now = self.documents
        named: dict[str, set[str]] = defaultdict(set)
        is_elsewhere, is_in_order = False, True
        ties: set[str] = set()
        moved: set[str] = set()
        changed = [path for path, document in now.items() if before.get(path) is not document]
        for path in (*changed, *(before.keys() - now.keys())):
            old, new = before.get(path), now.get(path)
            if (old and not old.heads) or (new and not new.heads):
                return None
            if old is None or new is None or not new.says_the_same_elsewhere(old):
                is_elsewhere = True
            named["document"].add(path)
            for head in (head for version in (old, new) if version for head in version.heads):
                named[f"record {head.collection}"].add(head.id)
                named[f"@{PREFIXES[head.collection]}"].add(head.id)
                named["all"].add(head.collection)
            listings = [item for item in (_listing_of(old), _listing_of(new)) if item is not None]
            is_in_order = is_in_order and _are_alike(listings, _place_in_order)
            if not _are_alike(listings, _place_and_ties):
                moved |= {item.id for item in listings}
                ties |= {tie for item in listings for tie in item.ties}
        related = _OfArticles(
            moved.union(article for tie in ties for article in self.articles.tied(tie))
        )
        return Touched(
            {**named, **dict.fromkeys(("tie", "count"), ties), "related": related},
            is_elsewhere,
            is_in_order,
        )

    def without(self, faulty: Collection[str]) -> "Catalog":
        """Return the same without the comparisons among some keys."""
        comparisons = self.heads["comparisons"]
        left = {key: item for key, item in comparisons.items() if f"comparison:{key}" not in faulty}
        if len(left) == len(comparisons):
            return self
        return replace(self, heads={**self.heads, "comparisons": left}, shape=object())

    def turned_back(self, there: Mapping[str, Iterable[str]], gone: Mapping[str, str]) -> "Catalog":
        """Return the same without what was not there.

        Args:
            there: Collection → ids of the records that were there.
            gone: Key of what was not → what it is called.
        """
        heads = {name: {key: self.heads[name][key] for key in keys} for name, keys in there.items()}
        names = {**self.names, **gone}
        gone_keys = frozenset(gone)
        return replace(self, heads=heads, names=names, gone=gone_keys, ordered=None, shape=object())

    def head(self, key: str) -> Head | None:
        """Return the head of a record by its key (`org:ibm`); None where there is none."""
        prefix, _, name = key.partition(":")
        collection = _COLLECTIONS.get(prefix)
        return self.heads[collection].get(name) if collection is not None else None

    def terms_of(self, comparison: str) -> tuple[str, ...]:
        """Return the keys of what the files of a comparison define, in the order of the files."""
        documents = (self.documents[path] for path in self.parts[comparison])
        terms = (key for document in documents for key, _ in document.terms)
        return tuple(key for key in terms if key not in self.gone)

    def digests(self, group: str, rests: Sequence[str]) -> list[str]:
        """Return the digests of what the answers to some questions of one group rest on.

        Args:
            group: `record organizations`, `@org`, or the first word of another key.
            rests: What follows it in the keys.

        Returns:
            One digest for each; equal ones mean equal answers. Empty where there is nothing of
            that name.

        Raises:
            ValueError: There is no such group.
        """
        # An edit asks for those of every file: they are looked up without a call for each.
        kind, _, collection = group.partition(" ")
        if kind == "record":
            heads = self.heads[collection]
            return [heads[rest].digest if rest in heads else "" for rest in rests]
        if group == "document":
            documents = self.documents
            return [documents[rest].digest if rest in documents else "" for rest in rests]
        if group.startswith("@"):
            prefix = group[1:]
            heads = self.heads[_COLLECTIONS[prefix]] if prefix in _COLLECTIONS else {}
            return [
                heads[rest].card if rest in heads else self._name_digest(prefix, rest)
                for rest in rests
            ]
        look_up = self.questions.get(kind)
        if look_up is None:
            raise ValueError(group)
        return [look_up(rest) for rest in rests]

    def digests_of_asked(self, group: str, rests: Sequence[str]) -> list[str]:
        """Return the same of questions that have just been asked of this catalogue.

        A question that bears its answer is not asked again.
        """
        return [_YES] * len(rests) if group == "related" else self.digests(group, rests)

    @cached_property
    def bases(self) -> Mapping[str, str]:
        """Group → digest of all that the digests of its keys are made of, where one call tells."""
        return dict.fromkeys(_OF_LISTINGS, self.digest_of_listings)

    @cached_property
    def questions(self) -> Mapping[str, Callable[[str], str]]:
        """First word of a key → what gives the digest, of all but records, names and files."""
        return {
            "ids": lambda collection: digest_of_lines(self.heads[collection]),
            "all": self._all,
            "order": lambda _: self.articles.digest_of_order,
            "listings": lambda _: self.digest_of_listings,
            "tie": self.articles.digest_of_tie,
            "count": lambda tie: str(len(self.articles.tied(tie))),
            "few": lambda most: str(len(self.order) <= int(most)),
            "newest": self._newest,
            "related": self._related,
            "archives": lambda _: digest_of_lines(self.documents),
            "former": lambda _: digest_of_lines(self._former()),
            "names": lambda _: digest_of_lines(f"{key} {name}" for key, name in self.names.items()),
            "releases": lambda _: digest_of_lines(self._seals(self.every_release)),
            "history": lambda key: digest_of_lines(self._history(key)),
            "notices": lambda share: digest_of_lines(self._shares.get(share, ())),
            "noticed": lambda _: digest_of_lines(f"{at} {ids}" for at, ids in self.notices.items()),
            "image": lambda address: digest_of_lines([repr(self.images.shown.get(address))]),
            "image-files": lambda _: digest_of_lines(self.images.files),
        }

    def _name_digest(self, prefix: str, record: str) -> str:
        key = f"{prefix}:{record}" if prefix else record
        if key in self.hidden:
            return "hidden"
        name = self.names.get(key)
        return "" if name is None else f"={name}"

    @cached_property
    def shown_images(self) -> tuple[SiteImage, ...]:
        """The images in texts that readers may see, by address."""
        told = {
            address
            for document in self.documents.values()
            if document.images
            and not any(f"{PREFIXES[i.collection]}:{i.id}" in self.hidden for i in document.heads)
            for address in document.images
        }
        shown = self.images.shown
        return tuple(shown[address] for address in sorted(told) if address in shown)

    def _former(self) -> Iterator[str]:
        for collection, heads in self.heads.items():
            for head in heads.values():
                yield from (f"{collection}/{head.id} {former}" for former in head.former_ids)

    def _all(self, collection: str) -> str:
        return digest_of_lines(
            f"{item.id} {item.digest}" for item in self.heads[collection].values()
        )

    @cached_property
    def articles(self) -> ArticleOrder:
        """The articles that are out, in order."""
        return self.ordered if self.ordered is not None else self.put_in_order()

    def put_in_order(self) -> ArticleOrder:
        """Put the articles that are out in order."""
        listings = (item.listing for item in self.heads["articles"].values())
        found = (item for item in listings if item is not None)
        return ArticleOrder(found, self.digest_of_listings)

    @cached_property
    def digest_of_listings(self) -> str:
        """Digest of what lists show of all articles that are out."""
        if self.ordered is not None:
            return self.ordered.digest
        return digest_of_lines(f"{item.id} {item.card}" for item in self.heads["articles"].values())

    @property
    def order(self) -> tuple[Listing, ...]:
        """Articles by the day they came out, newest first; those of one day by id."""
        return self.articles.listings

    @cached_property
    def every_release(self) -> tuple[ReleaseHead, ...]:
        """All releases, by path."""
        found = (item.release for item in self.documents.values())
        return tuple(item for item in found if item is not None)

    @cached_property
    def releases(self) -> tuple[ReleaseHead, ...]:
        """The releases that follow each other, the first first."""
        return in_chain(self.every_release)

    @cached_property
    def renames(self) -> Renames:
        """Which records had other ids before."""
        return Renames(
            (f"{PREFIXES[collection]}:{former}", f"{PREFIXES[collection]}:{head.id}")
            for collection, heads in self.heads.items()
            for head in heads.values()
            for former in head.former_ids
        )

    @cached_property
    def _changing(self) -> Mapping[str, list[ReleaseHead]]:
        """Record → the releases with which it changed."""
        found: dict[str, list[ReleaseHead]] = defaultdict(list)
        for release in self.releases:
            for key in release.records:
                found[key].append(release)
        return found

    @cached_property
    def _shares(self) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for at, ids in self.notices.items():
            found[share_of(at)].append(f"{at} {ids}")
        return found

    def _history(self, key: str) -> Iterator[str]:
        """Yield each name that a record has borne, and the releases that changed what bore it."""
        for name in self.renames.names(key):
            yield name
            yield from self._seals(self._changing.get(name, ()))

    @staticmethod
    def _seals(releases: Iterable[ReleaseHead]) -> Iterator[str]:
        yield from (f"{item.id} {item.date} {item.seal}" for item in releases)

    def is_newest(self, article: str, count: int) -> bool:
        """Say whether an article is among so many of the newest."""
        return self.articles.places.get(article, count) < count

    def _newest(self, rest: str) -> str:
        count, _, article = rest.partition(" ")
        return _YES if self.is_newest(article, int(count)) else _NO

    def related(self, article: str, count: int) -> list[str]:
        """Return the articles that share most with one, newer ones first among equals."""
        listing = self.heads["articles"][article].listing
        ties = listing.ties if listing is not None else ()
        return self.articles.kinship.nearest(article, ties, count)

    def _related(self, rest: str) -> str:
        article, count, _ = rest.split(" ")
        if article not in self.heads["articles"]:
            return ""
        found = self.related(article, int(count))
        return _YES if related_question(article, int(count), found) == f"related {rest}" else _NO


_OF_ORDER = ("order", "few", "newest")
"""Questions that are answered by which articles are out, and in what order."""

_OF_TIES = ("tie", "count", "related")
"""Questions that are answered by that, and by what the articles are tied to."""

_OF_LISTINGS = (*_OF_ORDER, *_OF_TIES, "listings")
"""Questions that the listings of the articles that are out answer."""

_YES, _NO = "yes", "no"


def related_question(article: str, count: int, found: Iterable[str]) -> str:
    """Return what is noted when so many articles that share most with one were found.

    It bears its answer. An article is tied to a few things, each of which a tenth of all articles
    may be tied to: were it noted that all of these were read, an edit of one would touch them all.
    """
    answer = digest_of_lines(found)[:16]
    return f"related {article} {count} {answer}"


SHARES = 256
"""In how many shares pages are asked for the corrections of what stood on them."""


def share_of(at: str) -> str:
    """Say to which share of all pages an address or a record's key belongs.

    Nearly no page bears a notice. A key for each page would cost every build what only the build
    after a correction needs; with shares, that one looks again at a few pages more.
    """
    return str(crc32(at.encode("utf-8", "surrogatepass")) % SHARES)


_COLLECTIONS = {prefix: collection for collection, prefix in PREFIXES.items()}


class Touched(Struct, frozen=True):
    """The questions that may have another answer since some files have changed.

    Attributes:
        named: Group → what follows it in the keys, of groups of which some may.
        is_elsewhere: Whether what is known of the files elsewhere has changed, so that every
            question of the other groups may have another answer too.
        is_in_order: Whether nothing has changed which articles are out, and in what order.
    """

    named: Mapping[str, Collection[str]]
    is_elsewhere: bool
    is_in_order: bool

    def of(self, group: str) -> Collection[str] | None:
        """Return which questions of a group may have another answer; None where all may."""
        if group.startswith(("record ", "@")) or group in _NAMED:
            return self.named.get(group, ())
        if group in _OF_ORDER:
            return () if self.is_in_order else None
        return None if self.is_elsewhere else ()


_NAMED = {"document", "all", *_OF_TIES}


def _listing_of(document: DocumentHead | None) -> Listing | None:
    return document.heads[0].listing if document is not None else None


class _OfArticles(frozenset[str]):
    """Ids of articles; a question whose first word is one of them is among them."""

    def __contains__(self, rest: object) -> bool:
        """Say whether a question is about one of the articles."""
        return super().__contains__(str(rest).partition(" ")[0])


def _place_in_order(listing: Listing) -> Hashable:
    """Return what decides whether an article is out, and its place among the others."""
    return listing.published, listing.expires, listing.draft


def _place_and_ties(listing: Listing) -> Hashable:
    """Return that, and what it is tied to."""
    return _place_in_order(listing), listing.ties


def _are_alike(listings: Sequence[Listing], said: Callable[[Listing], Hashable]) -> bool:
    """Say whether two versions of an article say the same; one that came or went does not."""
    return not listings or (len(listings) > 1 and said(listings[0]) == said(listings[1]))


def make_catalog(
    documents: Iterable[DocumentHead],
    settings: SiteSettings,
    *,
    as_of: date,
    with_drafts: bool = False,
    notices: Iterable[tuple[str, tuple[str, ...]]] = (),
    images: Images = NO_IMAGES,
) -> Catalog:
    """Put the heads of all documents together.

    Args:
        documents: In any order.
        settings: The site's own.
        as_of: The day: later articles are not out yet, expired ones no longer.
        with_drafts: Show drafts, scheduled and expired articles too.
        notices: What `notices_of` gives, where that is known already.
        images: Those that texts show, and might show.
    """
    by_path = {item.path: item for item in sorted(documents, key=attrgetter("path"))}
    collections: dict[str, dict[str, Head]] = {kind.collection: {} for kind in KINDS}
    diagnostics: list[Diagnostic] = []
    parts: dict[str, list[str]] = defaultdict(list)
    for document in by_path.values():
        if not document.heads and (comparison := document.place.comparison):
            parts[comparison].append(document.path)
        for head in document.heads:
            first = collections[head.collection].setdefault(head.id, head)
            if first is not head:
                diagnostics.append(_duplicate(head, first))
    articles = collections["articles"]
    hidden = frozenset(
        f"article:{key}"
        for key, item in articles.items()
        if item.listing is not None and not (with_drafts or item.listing.is_out(as_of))
    )
    for key in hidden:
        del articles[key.removeprefix("article:")]
    collections["comparisons"] = {
        key: _comparison_head(key, [by_path[path] for path in paths])
        for key, paths in parts.items()
    }
    all_heads = collections.items()
    return Catalog(
        heads={name: {key: items[key] for key in sorted(items)} for name, items in all_heads},
        hidden=hidden,
        names=_names(settings, collections, by_path.values(), hidden),
        parts={key: tuple(paths) for key, paths in parts.items()},
        documents=by_path,
        diagnostics=tuple(diagnostics),
        notices=dict(notices),
        images=images,
    )


def _comparison_head(key: str, parts: Iterable[DocumentHead]) -> Head:
    """Make the head of a comparison of those of its files."""
    parts = list(parts)
    names = {name: text for part in parts for name, text in part.terms}
    name = names.get(f"comparison:{key}", key)
    main = next((part for part in parts if part.place.part == "comparison"), parts[0])
    digest = digest_of_lines(f"{part.path} {part.digest}" for part in parts)
    return Head(main.path, "comparisons", key, name, digest, name, former_ids=main.former_ids)


def _duplicate(head: Head, first: Head) -> Diagnostic:
    return Diagnostic(
        code=Code.DUPLICATE_ID,
        message=f"`{head.id}` is the id of another record, in {first.path}",
        span=head.span,
        hint="rename one of them",
        related=((first.span, "the other one"),),
    )


def _names(
    settings: SiteSettings,
    collections: Mapping[str, Mapping[str, Head]],
    documents: Iterable[DocumentHead],
    hidden: Iterable[str],
) -> Mapping[str, str]:
    """Name everything that can be linked or referred to."""
    names = {f"page:{name}": name.capitalize() for name in PAGE_LISTS}
    for collection, heads in collections.items():
        prefix = PREFIXES[collection]
        names |= {f"{prefix}:{key}": item.name for key, item in heads.items()}
    for document in documents:
        names.update(document.terms)
    terms = settings.vocabularies
    for prefix, labels in (
        ("sector", terms.sectors),
        ("topic", terms.topics),
        ("side", terms.sides),
        ("phase", terms.phases),
    ):
        names |= {f"{prefix}:{key}": label for key, label in labels.items()}
    names |= {f"author:{key}": author.name for key, author in settings.authors.items()}
    names |= dict.fromkeys(hidden, HIDDEN_NAME)
    return names
