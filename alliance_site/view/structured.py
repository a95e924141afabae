"""Structured data: what a page is about, in the words of schema.org, as JSON-LD.

It repeats nothing that a machine can read in the page's head: each entry names what it is, what it
rests on and what it belongs to.

Never: states what the page does not.
"""

from collections.abc import Sequence
from typing import TypeVar

from msgspec.structs import replace

from alliance_site.model import headline_value
from alliance_site.model.records import Alliance, Article, ArticleKind, Organization
from alliance_site.view.composer import Composer
from alliance_site.view.jsonld import Entry, graph, without_gaps
from alliance_site.view.pages import PageView
from alliance_site.view.parts import Link, SourceNote

V = TypeVar("V", bound=PageView)

ARTICLE_TYPES = {
    ArticleKind.NEWS: "ReportageNewsArticle",
    ArticleKind.ANALYSIS: "AnalysisNewsArticle",
    ArticleKind.EXPLAINER: "BackgroundNewsArticle",
    ArticleKind.METHODOLOGY: "Article",
}
"""Source: the subtypes of schema.org NewsArticle, made with the Trust Project."""

POLICIES = {
    "publishingPrinciples": "page:method",
    "correctionsPolicy": "page:corrections-policy",
    "ethicsPolicy": "page:ethics",
    "actionableFeedbackPolicy": "page:feedback",
    "ownershipFundingInfo": "page:ownership-and-funding",
}
"""Property of schema.org Organization → the page that holds the policy, where there is."""


def described(composer: Composer, view: V, *entries: Entry) -> V:
    """Return a view whose page says in structured data what it is about, and where it stands."""
    frame = view.frame
    text = graph((*entries, *composer.trail(frame.breadcrumb, frame.title)))
    return replace(view, frame=replace(frame, structured=text))


def publisher_id(composer: Composer) -> dict[str, str]:
    """Name the publisher, which the home page describes."""
    return {"@id": composer.absolute(composer.url("page:home")) + "#publisher"}


def website(composer: Composer) -> list[Entry]:
    """Describe the site and its publisher."""
    settings = composer.site.settings
    home = composer.absolute(composer.url("page:home"))
    search = composer.absolute(composer.url("page:search"))
    policies = {
        name: composer.absolute(composer.url(key))
        for name, key in POLICIES.items()
        if key in composer.routes.url_by_key
    }
    return [
        {
            "@type": "WebSite",
            "url": home,
            "name": settings.title,
            "inLanguage": settings.language,
            "license": settings.licence_url,
            "publisher": publisher_id(composer),
            "potentialAction": {
                "@type": "SearchAction",
                "target": f"{search}?q={{q}}",
                "query-input": "required name=q",
            }
            if settings.search
            else None,
        },
        {
            "@type": "Organization",
            **publisher_id(composer),
            "name": settings.publisher.name,
            "url": settings.publisher.url or home,
            **policies,
        },
    ]


def article(composer: Composer, item: Article, sources: Sequence[SourceNote]) -> Entry:
    """Describe an article: who, when, resting on what, corrected how."""
    settings = composer.site.settings
    address = composer.absolute(composer.url(f"article:{item.id}"))
    corrections = [
        {
            "@type": "CorrectionComment",
            "datePublished": composer.date(found.date).iso,
            "text": composer.text(found.reason),
        }
        for found in composer.index.corrections
        if found.target.partition("#")[0] == f"article:{item.id}"
    ]
    return {
        "@type": ARTICLE_TYPES[item.kind],
        "mainEntityOfPage": address,
        "headline": item.title,
        "inLanguage": item.language,
        "datePublished": composer.date(item.published).iso,
        "dateModified": composer.date(item.updated or item.published).iso,
        "author": [
            # An author may be a person or a desk; the site does not say which.
            without_gaps({"name": author.name, "url": author.url})
            for author in (settings.authors[name] for name in item.authors)
        ],
        "publisher": publisher_id(composer),
        "license": settings.licence_url,
        "about": [
            {"@id": composer.absolute(composer.url(key))}
            for key in item.about
            if key.startswith(("org:", "alliance:"))
        ],
        "citation": [note.url or note.title for note in sources],
        "backstory": {"@type": "CreativeWork", "url": f"{address}#method"} if item.method else None,
        "correction": corrections,
    }


def organization(composer: Composer, item: Organization) -> Entry:
    """Describe an organisation, and which alliances it is in, as what, since when."""
    founded = headline_value(item.founding_date)
    address = composer.absolute(composer.url(f"org:{item.id}"))
    return {
        "@type": "Organization",
        "@id": address,
        "name": item.name,
        "alternateName": [other.name for other in item.other_names],
        "foundingDate": composer.date(founded).iso if founded else None,
        "sameAs": headline_value(item.homepage),
        "memberOf": [
            without_gaps(
                {
                    "@type": "OrganizationRole",
                    "roleName": membership.role.value.replace("-", " "),
                    "startDate": composer.date(start).iso if start else None,
                    "endDate": composer.date(end).iso if end else None,
                    "memberOf": {
                        "@type": "Organization",
                        "@id": composer.absolute(composer.url(f"alliance:{membership.alliance}")),
                        "name": composer.site.names[f"alliance:{membership.alliance}"],
                    },
                }
            )
            for membership in item.memberships
            for start, end in [
                (headline_value(membership.start_date), headline_value(membership.end_date))
            ]
        ],
    }


def alliance(composer: Composer, item: Alliance) -> Entry:
    """Describe an alliance, and who founded it when."""
    founded, homepage = headline_value(item.founded), headline_value(item.homepage)
    return {
        "@type": "Organization",
        "@id": composer.absolute(composer.url(f"alliance:{item.id}")),
        "name": item.name,
        "foundingDate": composer.date(founded).iso if founded else None,
        "sameAs": homepage,
        "founder": [
            {"@id": composer.absolute(composer.url(f"org:{name}")), "name": name_of}
            for name in item.founders
            for name_of in [composer.site.names[f"org:{name}"]]
        ],
    }


def dataset(
    composer: Composer, key: str, name: str, description: str, files: Sequence[Link], licence: str
) -> Entry:
    """Describe data that can be downloaded.

    Args:
        composer: What the page is composed with.
        key: The page's key in the route table.
        name: What the data is called.
        description: In a sentence.
        files: CSV, or JSON of any shape.
        licence: Of the data, where it is not the site's.
    """
    settings = composer.site.settings
    return {
        "@type": "Dataset",
        "url": composer.absolute(composer.url(key)),
        "name": name,
        "description": description,
        "license": licence or settings.licence_url or settings.licence,
        "creator": publisher_id(composer),
        "dateModified": composer.date(composer.as_of).iso,
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": _MEDIA_TYPES[file.url.rpartition(".")[2]],
                "contentUrl": composer.absolute(file.url),
            }
            for file in files
        ],
    }


_MEDIA_TYPES = {"csv": "text/csv", "json": "application/json"}
