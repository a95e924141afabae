"""Works and pages as references: CSL-JSON, BibTeX and a line of text.

The entries of a page's list of sources are set by templates from the same variables.

Never: reads a record other than a source.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from alliance_site.as_json import readable
from alliance_site.model import PartialDate
from alliance_site.model.records import Source, SourceName
from alliance_site.plain import Plain

MEDIA = {
    "article-journal": "Journal article",
    "bill": "Bill",
    "book": "Book",
    "broadcast": "Broadcast",
    "chapter": "Chapter",
    "dataset": "Dataset",
    "figure": "Figure",
    "graphic": "Graphic",
    "hearing": "Hearing",
    "interview": "Interview",
    "legislation": "Legislation",
    "manuscript": "Manuscript",
    "map": "Map",
    "motion_picture": "Film",
    "paper-conference": "Conference paper",
    "patent": "Patent",
    "personal_communication": "Personal communication",
    "post": "Post",
    "report": "Report",
    "software": "Software",
    "song": "Recording",
    "speech": "Speech",
    "standard": "Standard",
    "thesis": "Thesis",
}
"""What a work is, where its type says more than that it is a text."""

_ENTRY_TYPES = {
    "article-journal": "article",
    "article-magazine": "article",
    "article-newspaper": "article",
    "book": "book",
    "chapter": "incollection",
    "paper-conference": "inproceedings",
    "report": "techreport",
    "thesis": "phdthesis",
}
_HELD_IN = {"article": "journal", "incollection": "booktitle", "inproceedings": "booktitle"}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SPECIAL = re.compile(r"[\\{}$&%#_~^]")
_ESCAPES = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}


class CiteView(Plain, frozen=True):
    """How a page, or a work, is cited: as a line of text, as BibTeX and as CSL-JSON.

    Attributes:
        version: Which state of a page it is, as ISO 8601 or a release's name; empty for a work.
    """

    text: str
    bibtex: str
    csl_json: str
    version: str = ""


def csl_item(source: Source) -> dict[str, Any]:
    """Describe a source as CSL does; the address of a mere copy is left out.

    Source: CSL-JSON schema 1.0.2.
    """
    item = {
        "id": source.id,
        "type": source.type.value,
        "title": source.title,
        "author": [_csl_name(name) for name in source.author],
        "container-title": source.container_title,
        "publisher": source.publisher,
        "issued": _csl_date(source.issued),
        "accessed": _csl_date(source.accessed),
        "URL": source.url if source.linkable else "",
        "DOI": source.doi,
        "archive_location": source.archive,
        "language": source.language,
    }
    return {key: value for key, value in item.items() if value}


def _csl_name(name: SourceName) -> dict[str, str]:
    if name.literal:
        return {"literal": name.literal}
    return {key: value for key in ("family", "given") if (value := getattr(name, key))}


def _csl_date(day: PartialDate | None) -> dict[str, Any]:
    if day is None:
        return {}
    parts = [part for part in (day.year, day.month, day.day) if part]
    return {"date-parts": [parts]} | ({"circa": True} if day.is_approximate else {})


def csl_text(items: Iterable[Mapping[str, Any]]) -> str:
    """Write CSL-JSON: an array, one work a line."""
    lines = ",\n".join(map(readable, items))
    return f"[\n{lines}\n]\n"


def bibtex(item: Mapping[str, Any]) -> str:
    """Write a CSL item as a BibTeX entry that old and new BibTeX programs read.

    Source: BibTeX's own entry types and fields, and `url`, `doi` and `urldate` of biblatex.
    """
    kind = _ENTRY_TYPES.get(item["type"], "misc")
    holder = _HELD_IN.get(kind, "howpublished")
    container = item.get("container-title") or (
        item.get("publisher", "") if holder == "journal" else ""
    )
    publisher = "institution" if kind == "techreport" else "publisher"
    names = " and ".join(_bibtex_name(name) for name in item.get("author", ()))
    year, month = _year_and_month(item.get("issued", {}))
    fields = {
        "author": names,
        "title": f"{{{escape_bibtex(item['title'])}}}",
        holder: escape_bibtex(container),
        publisher: "" if holder == "journal" else escape_bibtex(item.get("publisher", "")),
        "year": year,
        "doi": item.get("DOI", ""),
        "url": _url(item.get("URL", "")),
        "note": escape_bibtex(f"Version {item['version']}" if "version" in item else ""),
    }
    lines = [f"  {name} = {{{value}}},\n" for name, value in fields.items() if value]
    lines += [f"  month = {month},\n"] if month else []
    return f"@{kind}{{{item['id']},\n{''.join(lines)}}}\n"


def _bibtex_name(name: Mapping[str, str]) -> str:
    """Write a name; one that is no person's is kept whole by braces."""
    if name == {"literal": "others"}:
        return "others"
    if "literal" in name:
        return f"{{{escape_bibtex(name['literal'])}}}"
    return ", ".join(escape_bibtex(name[key]) for key in ("family", "given") if key in name)


def _year_and_month(issued: Mapping[str, Any]) -> tuple[str, str]:
    year, *rest = issued.get("date-parts", [[""]])[0]
    return str(year), _MONTHS[rest[0] - 1] if rest else ""


def _url(url: str) -> str:
    """Keep an address in its braces: a brace in it is percent-encoded."""
    return url.replace("{", "%7B").replace("}", "%7D")


def escape_bibtex(text: str) -> str:
    """Escape what TeX would take for an instruction."""
    return _SPECIAL.sub(lambda found: _ESCAPES.get(found[0], f"\\{found[0]}"), text)


def cite_source(source: Source) -> CiteView:
    """Say how a source is cited."""
    item = csl_item(source)
    return CiteView("", bibtex(item), csl_text([item]))


def cite_page(
    title: str,
    url: str,
    site_title: str,
    authors: tuple[str, ...],
    version: PartialDate,
    issued: PartialDate | None = None,
) -> CiteView:
    """Say how a page of this site is cited, in the state of a day.

    Args:
        title: Of the page.
        url: Its whole address.
        site_title: Of the site.
        authors: Names.
        version: The day that the site speaks for.
        issued: When an article came out; other pages are as old as the site's version.
    """
    item = {
        "id": _citation_key(url),
        "type": "webpage",
        "title": title,
        "author": [{"literal": name} for name in authors],
        "container-title": site_title,
        "issued": _csl_date(issued or version),
        "URL": url,
        "version": str(version),
    }
    named = "" if title == site_title else f"{site_title}, "
    day = f"{issued}, " if issued else ""
    text = f"{' and '.join(authors)}, “{title}”, {named}{day}version of {version}. {url}"
    return CiteView(text, bibtex(item), csl_text([item]), str(version))


_NOT_IN_KEY = re.compile(r"[^a-z0-9]+")


def _citation_key(url: str) -> str:
    """Make a key that BibTeX takes, from the address of a page."""
    return _NOT_IN_KEY.sub("-", url.partition("//")[2].lower()).strip("-") or "page"
