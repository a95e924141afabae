"""What is noted when something is asked of a site, in words for people.

Never: answers a question (that is `catalog`).
"""

from collections.abc import Callable, Mapping

from alliance_site.model.catalog import SHARES


def question_in_words(key: str) -> str:
    """Say what a key asks; the keys are those of `catalog`.

    Raises:
        KeyError: There is no such question.
    """
    if key.startswith("@"):
        return f"the name and address of {key[1:]}"
    kind, _, rest = key.partition(" ")
    return _WORDS[kind](rest)


def _related(rest: str) -> str:
    article, count, _ = rest.split(" ")
    return f"which {count} articles share most with {article}"


def _newest(rest: str) -> str:
    count, _, article = rest.partition(" ")
    return f"whether {article} is among the newest {count} articles"


_WORDS: Mapping[str, Callable[[str], str]] = {
    "all": "all that all {} say".format,
    "archives": lambda _: "which files there are",
    "count": "how many articles are tied to {}".format,
    "document": "all that stands in {}".format,
    "few": "whether there are at most {} articles".format,
    "former": lambda _: "all former ids",
    "history": "which releases changed {}".format,
    "ids": "which {} there are".format,
    "image": "the image {}".format,
    "image-files": lambda _: "which images there are",
    "listings": lambda _: "what lists show of all articles",
    "names": lambda _: "the names of everything",
    "newest": _newest,
    "noticed": lambda _: "what corrections mend, and where it stood",
    "notices": f"what corrections mend on some pages (share {{}} of {SHARES})".format,
    "order": lambda _: "which articles are out, newest first",
    "record": "all that {} says".format,
    "related": _related,
    "releases": lambda _: "which releases there are",
    "tie": "which articles are tied to {}".format,
}
