"""Everything the coalition app stores."""

from .compact import Commitment, Document, Signature
from .organizations import Organization, Sector
from .teams import ActionTeam

__all__ = ["ActionTeam", "Commitment", "Document", "Organization", "Sector", "Signature"]
