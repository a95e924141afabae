"""Keeps what the next build may use.

Never: decides what that build uses.
"""

from alliance_site.build.compose import Composed
from alliance_site.build.make import Outputs, dumped_results
from alliance_site.build.memory import Memory
from alliance_site.build.state import (
    forget_tasks,
    keep_heads,
    keep_inputs,
    keep_refs,
    keep_tasks,
)
from alliance_site.write import Store


def keep_state(
    store: Store,
    folder: str,
    made: tuple[Composed, Outputs],
    started_ns: int,
    memory: Memory,
) -> None:
    """Keep the inputs' digests, what templates refer to, the tasks, what pages tell.

    Args:
        store: Where; nothing lasts before it commits.
        folder: The output folder's name in the state.
        made: The site, and all that was made of it.
        started_ns: When the build began; a file changed just before may change again unseen.
        memory: What this process keeps.
    """
    composed, outputs = made
    inputs = composed.inputs
    if memory.has_unkept_heads:
        keep_heads(store, composed.workshop.code, memory.heads)
    keep_inputs(store, inputs, started_ns)
    memory.inputs = inputs
    keep_refs(store, composed.templates)
    catalog = composed.workshop.site.catalog
    if composed.workshop.site.clock.is_turned_back:
        # What is there now is of another day than the tasks that are kept.
        forget_tasks(store, folder)
        return
    there = {
        "page": outputs.addresses,
        "check": catalog.documents.keys(),
        "join": catalog.parts.keys(),
    }
    present: set[str] = set()
    for kind, names in there.items():
        # Without a step of Python for each: there are tens of thousands.
        present.update(map(f"{kind} ".__add__, names))
    absent = composed.tasks.names - present
    gone = [name for name in absent if name.partition(" ")[0] in there]
    composed.tasks.renew(composed.done, gone, catalog.digests_of_asked, catalog.bases)
    results = outputs.results
    told = composed.told if results is None else dumped_results(results)
    # What is known of a file with faults is not kept.
    is_whole = memory.heads.keys() == catalog.documents.keys()
    ground = composed.ground if is_whole else composed.ground.without_others()
    keep_tasks(store, folder, ground, (composed.tasks, told), memory)
