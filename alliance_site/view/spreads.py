"""How answers are spread over the levels: of a group, of a subject, to a criterion.

Never: decides what a level counts.
"""

from alliance_site.model import Comparison
from alliance_site.view.composer import Composer
from alliance_site.view.parts import Bar

Place = tuple[str, str, str]
"""Edition, subject and criterion."""


def spread(
    composer: Composer, comparison: Comparison, edition: str, what: tuple[str, ...], url: str = ""
) -> Bar | None:
    """Make the bar of some answers of an edition, with its receipt; None where there are none.

    Args:
        composer: What it is composed with.
        comparison: Whose answers they are.
        edition: Its id.
        what: `criterion`, `group` or `subject` and its id; of a subject perhaps an objective, of
            which the answers say something.
        url: Where the bar's title leads; empty for nowhere.
    """
    places = answered(comparison, edition, what)
    if not places:
        return None
    figure = "/".join(("spread", comparison.id, edition, *what))
    cells = [(place[2], comparison.cells[place]) for place in places]
    return composer.cell_bar(
        _title(comparison, what), url, comparison, cells, composer.receipt(figure)
    )


def answered(comparison: Comparison, edition: str, what: tuple[str, ...]) -> list[Place]:
    """Return the places of the answers that a spread counts; see `spread`."""
    kind, name, *narrow = what
    subjects = [item.id for item in comparison.subjects_in(edition)]
    questions = comparison.questions(edition)
    match kind:
        case "criterion":
            questions = tuple(item for item in questions if item.id == name)
        case "group":
            by_id = comparison.subject_by_id
            subjects = [key for key in subjects if by_id[key].group == name]
        case _:
            subjects = [key for key in subjects if key == name]
            if narrow:
                questions = tuple(item for item in questions if narrow[0] in item.objectives)
    places = ((edition, subject, item.id) for subject in subjects for item in questions)
    return [place for place in places if place in comparison.cells]


def _title(comparison: Comparison, what: tuple[str, ...]) -> str:
    match what:
        case ["criterion", name]:
            return comparison.criterion_by_id[name].title
        case ["group", name]:
            return comparison.file.groups[name].title
        case _:
            return comparison.subject_by_id[what[1]].name
