"""The method page: what the editors say of their method, and what can be said by counting.

Never: decides an address.
"""

from alliance_site.model.records import Basis, HeadlineTest
from alliance_site.paths import slugify
from alliance_site.plain import Plain
from alliance_site.prose import Heading
from alliance_site.view.composer import BASES, Composer
from alliance_site.view.meter import MeterView, meter_view
from alliance_site.view.pages import PageView
from alliance_site.view.parts import DateView, Link, ProseView

_DEK = "How this site decides what it prints."

TESTS = {
    HeadlineTest.STANDING: (
        "What still holds",
        "What was superseded or withdrawn, or has ended, comes after what still holds.",
    ),
    HeadlineTest.RANK: (
        "The editors' rank",
        "Preferred before normal, normal before deprecated; the reason stands in a note.",
    ),
    HeadlineTest.BASIS: (
        "Who stands behind it",
        "In this order: {basis}. What says nothing comes last.",
    ),
    HeadlineTest.RECENCY: (
        "Recency",
        "What holds from the latest day comes first; of one day, what was recorded last.",
    ),
}
"""What each test of the headline rule is called, and what it does."""


class RuleStep(Plain, frozen=True):
    """One test of the headline rule."""

    title: str
    text: str


class MethodView(PageView, frozen=True, kw_only=True):
    """`/method/`: the editors' text, where there is one, then the declared rules."""

    dek: ProseView | None
    plain_dek: str
    body: ProseView | None
    headings: tuple[Heading, ...]
    updated: DateView | None
    rule: tuple[RuleStep, ...]
    meters: tuple[MeterView, ...]
    review_after: str
    receipts: Link


def method_view(composer: Composer) -> MethodView:
    """Make the method page; a site without a text of its own gets the declared rules alone."""
    text, notes = composer.site.pages.get("method"), composer.notes()
    dek = composer.prose(text.dek, notes) if text else None
    body = composer.prose(text.body, notes) if text else None
    title = text.title if text else "Method"
    for key in composer.site.comparisons:
        composer.names(f"comparison:{key}")
    description = dek.text if dek else _DEK
    return MethodView(
        frame=composer.frame("page:method", "method", title, description, section="page:method"),
        dek=dek,
        plain_dek=_DEK,
        body=body,
        headings=composer.site.prose[body.key].headings if body else (),
        updated=composer.maybe_date(text.updated) if text else None,
        rule=tuple(_step(composer, test) for test in composer.site.settings.policies.headline),
        meters=tuple(
            meter_view(
                name, meter, composer.language, composer.receipt(f"evidence/all/{slugify(name)}")
            )
            for name, meter in composer.index.meters
        ),
        review_after=str(composer.site.settings.policies.review_after_days or ""),
        receipts=composer.link("page:receipts"),
        sources=notes.entries(),
    )


def _step(composer: Composer, test: HeadlineTest) -> RuleStep:
    title, text = TESTS[test]
    order = composer.site.settings.policies.basis
    return RuleStep(title, text.format(basis=_listed(order)))


def _listed(order: tuple[Basis, ...]) -> str:
    """Write bases as a list: `independent, derived, self-reported`."""
    return ", ".join(BASES[basis.value].lower() for basis in order)
