"""Everything the coalition app stores."""

from .compact import Commitment, CompactVersion, Document, Signature
from .editions import Edition
from .files import StoredFile
from .giving import Contribution, Grant
from .interest import Interest
from .ledger import Assessment, Attendance, Meeting, Notice, Reply, State
from .organizations import Contact, HeldRole, Organization, RolePeriod, Sector
from .programs import Program, ProgramStep, Upload
from .strategies import Milestone, Plan, Resource, Strategy, StrategyEvent
from .teams import ActionTeam, TeamEvent, TeamMembership

__all__ = [
    "ActionTeam",
    "Assessment",
    "Attendance",
    "Commitment",
    "CompactVersion",
    "Contact",
    "Contribution",
    "Document",
    "Edition",
    "Grant",
    "HeldRole",
    "Interest",
    "Meeting",
    "Milestone",
    "Notice",
    "Organization",
    "Plan",
    "Program",
    "ProgramStep",
    "Reply",
    "Resource",
    "RolePeriod",
    "Sector",
    "Signature",
    "State",
    "StoredFile",
    "Strategy",
    "StrategyEvent",
    "TeamEvent",
    "TeamMembership",
    "Upload",
]
