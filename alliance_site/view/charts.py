"""The charts of a site by their ids, the page of each, the list of all, and their tables.

Never: decides what a chart shows.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial

from alliance_site.route import chart_ids
from alliance_site.view.alliance_charts import growth_chart, members_chart, overlap_chart
from alliance_site.view.chart import ChartPageView, ChartRow, ChartsView, frame_height, table_name
from alliance_site.view.comparison_charts import criteria_chart, groups_chart
from alliance_site.view.composer import Composer
from alliance_site.view.edition_charts import editions_chart, moves_chart
from alliance_site.view.event_charts import objectives_chart, timeline_chart
from alliance_site.view.page import Page, Table
from alliance_site.view.parts import ChartView

ChartMaker = Callable[[Composer], ChartView | None]

_OF_THE_SITE: Mapping[str, ChartMaker] = {
    "alliances": overlap_chart,
    "members-by-country": partial(members_chart, facet="country"),
    "members-by-kind": partial(members_chart, facet="classification"),
    "members-by-sector": partial(members_chart, facet="sector"),
    "objectives": objectives_chart,
    "timeline": timeline_chart,
}
_OF_A_COMPARISON = {
    "criteria": criteria_chart,
    "editions": editions_chart,
    "groups": groups_chart,
    "moves": moves_chart,
}


def make_chart(composer: Composer, chart_id: str) -> ChartView | None:
    """Make a chart, once for all pages that show it; None where the site has too little for it."""
    return composer.index.ask(f"chart {chart_id}", partial(_make_chart, composer, chart_id))


def _make_chart(composer: Composer, chart_id: str) -> ChartView | None:
    if chart_id in _OF_THE_SITE:
        return _OF_THE_SITE[chart_id](composer)
    owner, _, name = chart_id.rpartition("-")
    if name == "growth":
        return growth_chart(composer, composer.site.alliances[owner])
    return _OF_A_COMPARISON[name](composer, composer.site.comparisons[owner])


def some_charts(composer: Composer, ids: Iterable[str]) -> Iterator[ChartView]:
    """Make those of some charts that the site has enough for."""
    for chart_id in ids:
        chart = make_chart(composer, chart_id)
        if chart is not None:
            yield chart


def all_charts(composer: Composer) -> Iterator[ChartView]:
    """Make every chart that the site has enough for."""
    return some_charts(composer, chart_ids(composer.site))


def chart_pages(composer: Composer) -> Iterator[Page]:
    """Make one page a chart, and the list of all."""
    url = composer.routes.url("page:charts")
    yield Page(url, "pages/charts.html", partial(_charts_view, composer))
    for chart in all_charts(composer):
        make = partial(_chart_page_view, composer, chart.id)
        yield Page(composer.routes.url(f"chart:{chart.id}"), "pages/chart.html", make)


def _chart_page_view(composer: Composer, chart_id: str) -> ChartPageView:
    chart = make_chart(composer, chart_id)
    if chart is None:
        raise LookupError(chart_id)  # a page is made only of a chart that there is
    return ChartPageView(
        frame=composer.frame(
            f"chart:{chart_id}",
            "chart",
            chart.title,
            chart.subtitle,
            (composer.link("page:charts"),),
            is_indexed=False,  # whoever searches is to find the page that tells of it
        ),
        chart=chart,
        height=frame_height(chart),
        gallery=composer.link("page:charts"),
    )


def _charts_view(composer: Composer) -> ChartsView:
    dek = (
        "Every chart of this site, each on a page of its own that another site may show in a frame."
    )
    return ChartsView(
        frame=composer.frame("page:charts", "charts", "Charts", dek),
        dek=dek,
        charts=tuple(
            ChartRow(
                title=chart.title,
                subtitle=chart.subtitle,
                url=chart.page,
                csv=chart.csv,
                receipt=chart.receipt,
                canonical=composer.absolute(chart.page),
                height=frame_height(chart),
            )
            for chart in all_charts(composer)
        ),
    )


def chart_table(chart: ChartView) -> Table:
    """Return the numbers of a chart."""
    return Table(
        name=table_name(chart.id),
        description=f"The numbers of the chart “{chart.title}”.",
        columns=chart.columns,
        rows=chart.rows,
    )
