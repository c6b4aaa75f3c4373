"""A frozen dataclass for every page, built from the door and the words. Nothing is computed here."""

from .equity import GapsPage, gaps_page
from .examples import HowToRead, how_to_read
from .figure import figure
from .goal import GoalPage, goal_page
from .home import HomePage, home_page
from .privacy import PrivacyPage, privacy

__all__ = [
    "GapsPage",
    "GoalPage",
    "HomePage",
    "HowToRead",
    "PrivacyPage",
    "figure",
    "gaps_page",
    "goal_page",
    "home_page",
    "how_to_read",
    "privacy",
]
