"""From the tables to what the public may know: the only place that decides what an edition holds.

A fixed number of queries, however large the coalition is.
"""

from coalition.roster import shapes

from .giving import contributions, grants, programs
from .organizations import moved, organizations
from .promises import assessments, compacts
from .teams import plans, teams


def coalition() -> shapes.Coalition:
    """Everything the public may know of the coalition, as it stands."""
    return shapes.Coalition(
        compacts=tuple(compacts()),
        organizations=tuple(organizations()),
        moved=tuple(moved()),
        assessments=tuple(assessments()),
        teams=tuple(teams()),
        plans=tuple(plans()),
        contributions=tuple(contributions()),
        grants=tuple(grants()),
        programs=tuple(programs()),
    )
