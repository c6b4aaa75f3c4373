"""A frozen dataclass for every page, built from the door and the words. Nothing is computed here."""

from .equity import GapsPage, gaps_page
from .examples import HowToRead, how_to_read
from .figure import figure
from .goal import GoalPage, goal_page
from .home import HomePage, home_page
from .privacy import PrivacyPage, privacy
from .report_card import ReportCard, report_card

__all__ = [
    "GapsPage",
    "GoalPage",
    "HomePage",
    "HowToRead",
    "PrivacyPage",
    "ReportCard",
    "figure",
    "gaps_page",
    "goal_page",
    "home_page",
    "how_to_read",
    "privacy",
    "report_card",
]
