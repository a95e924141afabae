"""What a scoring file must not say: names that are not there, weights of nothing, circles.

Never: scores.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from alliance_site.diagnostics import Code, Diagnostic, Span, nearest
from alliance_site.model.comparison_records import ComparisonFile, Criterion
from alliance_site.model.rubric import is_scored, levels_of
from alliance_site.model.scoring.declared import (
    AbsenceRule,
    Aggregate,
    Gate,
    Requirement,
    ScoringFile,
    Weighting,
)
from alliance_site.model.scoring.tree import ROOT

_MOST_DIGITS = 9


def check_scoring(
    scoring: ScoringFile, file: ComparisonFile, criteria: Sequence[Criterion]
) -> Iterator[Diagnostic]:
    """Yield what is wrong with a scoring file, given the comparison it scores."""
    by_id: dict[str, Criterion] = {item.id: item for item in criteria}
    yield from _check_names(scoring, by_id)
    yield from _check_numbers(scoring)
    yield from _check_inheritance(scoring, file, by_id)
    yield from _check_ladder(scoring, file, by_id)
    for gate in scoring.gates:
        yield from _check_gate(gate, scoring, file, by_id)
    yield from _check_weights(scoring, criteria)


def _fault(message: str, span: Span, hint: str = "", code: Code = Code.BAD_VALUE) -> Diagnostic:
    return Diagnostic(
        code=code,
        message=message,
        span=span if span.end_column else Span(path=span.path, line=span.line, column=span.column),
        hint=hint,
    )


def _names(scoring: ScoringFile) -> Iterator[tuple[str, Span]]:
    """Yield every name of a criterion with the place where it stands."""
    for key, own in scoring.nodes.items():
        yield key, own.key_span
    for named in scoring.left_out:
        yield named.criterion, named.span
    for key, named in scoring.inherits.items():
        yield from ((key, named.span), (named.criterion, named.span))
    for key, others in scoring.substitutes.items():
        yield key, others[0].span if others else scoring.span
        yield from ((named.criterion, named.span) for named in others)
    for rung in scoring.classes:
        yield from ((item.criterion, item.span) for item in rung.requires)
    for gate in scoring.gates:
        yield gate.criterion, gate.span
    for weighting in scoring.alternatives:
        yield from ((key, weighting.span) for key in weighting.weights)


def _check_names(scoring: ScoringFile, criteria: Mapping[str, Criterion]) -> Iterator[Diagnostic]:
    for name, span in _names(scoring):
        if name not in criteria:
            guess = nearest(name, criteria)
            hint = f"did you mean `{guess}`?" if guess else "criteria are listed in criteria.yaml"
            message = f"`{name}` is not a criterion of this comparison"
            yield _fault(message, span, hint, Code.DANGLING_REFERENCE)
    for what, items in (("class", scoring.classes), ("weighting", scoring.alternatives)):
        seen: set[str] = set()
        for item in items:
            if item.id in seen:
                message = f"`{item.id}` is the id of another {what}"
                yield _fault(message, item.span, "rename one of them", Code.DUPLICATE_ID)
            seen.add(item.id)


def _check_numbers(scoring: ScoringFile) -> Iterator[Diagnostic]:
    if scoring.scale <= 0:
        message = f"`scale` is {scoring.scale}, expected more than 0"
        yield _fault(message, scoring.span, "100 shows shares as percent")
    if not 0 <= scoring.rounding.digits <= _MOST_DIGITS:
        message = f"`digits` is {scoring.rounding.digits}, expected 0 to {_MOST_DIGITS}"
        yield _fault(message, scoring.rounding.span)
    if scoring.not_applicable is AbsenceRule.BOUNDS:
        message = "`not_applicable` is `bounds`, expected `exclude` or `zero`"
        yield _fault(message, scoring.span, "what does not apply has no value that could be found")


# Inheritance


def _check_inheritance(
    scoring: ScoringFile, file: ComparisonFile, criteria: Mapping[str, Criterion]
) -> Iterator[Diagnostic]:
    reported: set[str] = set()
    parents = {item.parent for item in criteria.values()}
    for key, named in scoring.inherits.items():
        circle = _circle(key, scoring)
        if circle and key not in reported:
            reported |= set(circle)
            path = " → ".join(f"`{item}`" for item in (*circle, key))
            message = f"`{key}` inherits from itself: {path}"
            hint = "take one of these lines out"
            yield _fault(message, named.span, hint, Code.CYCLIC_INHERITANCE)
        headings = [item for item in (key, named.criterion) if item in parents]
        heir, giver = criteria.get(key), criteria.get(named.criterion)
        if headings:
            message = f"`{headings[0]}` is a heading, which has no answer to inherit"
            yield _fault(message, named.span, "name the criteria below it one by one")
        elif heir is not None and giver is not None:
            yield from _check_heir(heir, giver, file, named.span)


def _circle(key: str, scoring: ScoringFile) -> tuple[str, ...]:
    """Return the way from a criterion back to itself; empty where there is none."""
    way = [key]
    while way[-1] in scoring.inherits:
        following = scoring.inherits[way[-1]].criterion
        if following == key:
            return tuple(way)
        if following in way:
            return ()  # a circle further up, which is found from there
        way.append(following)
    return ()


def _check_heir(
    heir: Criterion, giver: Criterion, file: ComparisonFile, span: Span
) -> Iterator[Diagnostic]:
    """Yield a level that may be handed down to a criterion that does not know it."""
    own = levels_of(file, heir)
    strange = [level for level in levels_of(file, giver) if level not in own]
    if heir.type is not giver.type:
        message = f"`{heir.id}` asks for a {heir.type}, but `{giver.id}` answers a {giver.type}"
        yield _fault(message, span, "let both have one `type`")
    elif strange:
        listed = ", ".join(f"`{level}`" for level in strange)
        message = (
            f"`{heir.id}` may inherit {listed} of `{giver.id}`, which its rubric does not hold"
        )
        hint = "give both criteria the same levels"
        yield _fault(message, span, hint, Code.OUTSIDE_RUBRIC)


# The ladder and the gates


def _check_ladder(
    scoring: ScoringFile, file: ComparisonFile, criteria: Mapping[str, Criterion]
) -> Iterator[Diagnostic]:
    is_ladder = scoring.aggregate is Aggregate.LADDER
    if is_ladder != bool(scoring.classes):
        has = "no `classes`" if is_ladder else "`classes`, but is no ladder"
        message = f"the scoring has {has}"
        yield _fault(message, scoring.span, "a ladder is `aggregate: ladder` with its `classes`")
    yield from _check_beside_ladder(scoring, is_ladder=is_ladder)
    yield from _check_left_out(scoring)
    for key, own in scoring.nodes.items():
        if own.aggregate is Aggregate.LADDER:
            message = f"`{key}` is a ladder, expected that of the comparison as a whole only"
            yield _fault(message, own.span, "say `aggregate: ladder` at the top of the file")
    for rung in scoring.classes:
        for item in rung.requires:
            yield from _check_requirement(item, file, criteria)


def _check_left_out(scoring: ScoringFile) -> Iterator[Diagnostic]:
    """Yield what classes ask for and is left out."""
    left_out = {item.criterion for item in scoring.left_out}
    for key, others in scoring.substitutes.items():
        for named in others:
            if named.criterion in left_out:
                message = f"`{named.criterion}` stands in for `{key}`, but is left out"
                yield _fault(message, named.span, "take it out of `left_out`")
    for rung in scoring.classes:
        for item in rung.requires:
            if item.criterion in left_out:
                message = f"`{rung.id}` requires `{item.criterion}`, which is left out"
                yield _fault(message, item.span, "take it out of `left_out`, or of the class")


def _check_beside_ladder(scoring: ScoringFile, *, is_ladder: bool) -> Iterator[Diagnostic]:
    """Yield what only a ladder uses where there is none, and what none uses where there is one."""
    if not is_ladder:
        for key, others in scoring.substitutes.items():
            message = f"`{key}` has a substitute, which only a class of a ladder takes"
            span = others[0].span if others else scoring.span
            yield _fault(message, span, "say `aggregate: ladder` with its `classes`")
        return
    for weighting in scoring.alternatives:
        message = f"the weighting `{weighting.id}` changes nothing: a ladder weighs nothing"
        yield _fault(message, weighting.span, "take it out")
    if scoring.unknown is AbsenceRule.EXCLUDE:
        message = "`unknown` is `exclude`, but a ladder awards no class for what is not known"
        yield _fault(message, scoring.span, "leave `unknown` out")


def _check_requirement(
    item: Requirement, file: ComparisonFile, criteria: Mapping[str, Criterion]
) -> Iterator[Diagnostic]:
    asked = [leaf for leaf in _leaves(item.criterion, criteria) if leaf in criteria]
    for leaf in asked:
        criterion = criteria[leaf]
        if not is_scored(criterion):
            message = f"`{leaf}` has no points, so no class can require it"
            yield _fault(message, item.span, "give it a rubric or a range, or take it out")
        elif item.at_least is not None and item.at_least not in levels_of(file, criterion):
            message = f"`{item.at_least}` is no level of `{leaf}`"
            yield _fault(message, item.span, code=Code.OUTSIDE_RUBRIC)


def _leaves(name: str, criteria: Mapping[str, Criterion]) -> Iterator[str]:
    below = [item.id for item in criteria.values() if item.parent == name]
    if not below:
        yield name
    for item in below:
        yield from _leaves(item, criteria)


def _check_gate(
    gate: Gate, scoring: ScoringFile, file: ComparisonFile, criteria: Mapping[str, Criterion]
) -> Iterator[Diagnostic]:
    if bool(gate.is_) == (gate.below is not None):
        message = "a gate needs one condition, `is` or `below`"
        yield _fault(message, gate.span, "keep one of the two")
    if (gate.cap is None) == (gate.class_ is None):
        message = "a gate needs one limit, `cap` or `class`"
        yield _fault(message, gate.span, "keep one of the two")
    elif (gate.class_ is None) == (scoring.aggregate is Aggregate.LADDER):
        message = "a gate limits the `class` of a ladder, and the `cap` of any other score"
        yield _fault(message, gate.span, "use the one that fits `aggregate`")
    elif gate.class_ is not None and gate.class_ not in {item.id for item in scoring.classes}:
        message = f"`{gate.class_}` is no class of this scoring"
        yield _fault(message, gate.span, code=Code.DANGLING_REFERENCE)
    criterion = criteria.get(gate.criterion)
    if criterion is not None:
        yield from _check_gated(gate, scoring, file, criteria)


def _check_gated(
    gate: Gate, scoring: ScoringFile, file: ComparisonFile, criteria: Mapping[str, Criterion]
) -> Iterator[Diagnostic]:
    """Yield why what a gate asks about could never hold."""
    criterion = criteria[gate.criterion]
    is_heading = any(item.parent == gate.criterion for item in criteria.values())
    for level in gate.is_:
        if is_heading or level not in levels_of(file, criterion):
            message = f"`{level}` is no level of `{gate.criterion}`"
            hint = "a heading has points and no levels: use `below`" if is_heading else ""
            yield _fault(message, gate.span, hint, Code.OUTSIDE_RUBRIC)
    if is_heading and any(item.criterion == gate.criterion for item in scoring.left_out):
        message = f"the gate asks for `{gate.criterion}`, a heading that is left out"
        yield _fault(message, gate.span, "give its criteria gates of their own")
    if not is_heading and gate.below is not None and not is_scored(criterion):
        message = f"`{gate.criterion}` has no points, so it is never below {gate.below}"
        yield _fault(message, gate.span, "give it a `range`, or take the gate out")


# Weights

_WEIGHING = frozenset({Aggregate.WEIGHTED_MEAN, Aggregate.MINIMUM, Aggregate.SUM})


def _check_weights(scoring: ScoringFile, criteria: Sequence[Criterion]) -> Iterator[Diagnostic]:
    """Yield weights below zero, and headings under which no weight is left."""
    left_out = {item.criterion for item in scoring.left_out}
    counted = [item for item in criteria if item.id not in left_out]
    own = {key: item.weight for key, item in scoring.nodes.items() if item.weight is not None}
    declared: dict[str, Decimal] = {item.id: own.get(item.id, item.weight) for item in counted}
    for item in counted:
        node = scoring.nodes.get(item.id)
        span = node.span if node is not None and item.id in own else item.span
        if declared[item.id] < 0:
            yield _below_zero(item.id, declared[item.id], span)
    for heading, parts in _headings(counted).items():
        node = scoring.nodes.get(heading)
        aggregate = scoring.aggregate if node is None else node.aggregate or scoring.aggregate
        if aggregate in _WEIGHING and not any(declared[item.id] for item in parts):
            places = [scoring.nodes[item.id].span for item in parts if item.id in own]
            span = places[0] if places else parts[0].span
            yield _weightless(heading, parts, span)
    for weighting in scoring.alternatives:
        yield from _check_weighting(weighting, counted, declared)


def _headings(criteria: Iterable[Criterion]) -> dict[str, list[Criterion]]:
    below: dict[str, list[Criterion]] = defaultdict(list)
    for item in criteria:
        below[item.parent or ROOT].append(item)
    return below


def _check_weighting(
    weighting: Weighting, criteria: Sequence[Criterion], declared: Mapping[str, Decimal]
) -> Iterator[Diagnostic]:
    for key, weight in weighting.weights.items():
        if weight < 0:
            yield _below_zero(key, weight, weighting.span)
    for heading, parts in _headings(criteria).items():
        is_touched = any(item.id in weighting.weights for item in parts)
        if is_touched and not any(
            weighting.weights.get(item.id, declared[item.id]) for item in parts
        ):
            yield _weightless(heading, parts, weighting.span, f" in `{weighting.id}`")


def _below_zero(key: str, weight: Decimal, span: Span) -> Diagnostic:
    message = f"the weight of `{key}` is {weight}, expected 0 or more"
    hint = "to turn a number round, say `direction: lower` of its criterion"
    return _fault(message, span, hint)


def _weightless(
    heading: str, parts: Sequence[Criterion], span: Span, where: str = ""
) -> Diagnostic:
    listed = ", ".join(f"`{item.id}`" for item in parts)
    whole = f"`{heading}`" if heading else "the comparison"
    message = f"the weights below {whole} sum to nothing{where}: {listed}"
    hint = "give one of them a weight above 0; `left_out` takes criteria out of the score"
    return _fault(message, span, hint, Code.WEIGHTLESS_HEADING)
