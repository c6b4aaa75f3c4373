"""A frozen dataclass for every page, built from the door and the words. Nothing is computed here."""

from .access import AccessibilityPage, accessibility
from .equity import GapsPage, gaps_page
from .examples import HowToRead, how_to_read
from .figure import figure
from .goal import GoalPage, goal_page
from .home import HomePage, home_page
from .methods import MethodsPage, methods_page
from .pipeline import PipelinePage, pipeline_page
from .privacy import PrivacyPage, privacy
from .report_card import ReportCard, report_card
from .search import SearchPage, search_page, wanted
from .terms import terms

__all__ = [
    "AccessibilityPage",
    "GapsPage",
    "GoalPage",
    "HomePage",
    "HowToRead",
    "MethodsPage",
    "PipelinePage",
    "PrivacyPage",
    "ReportCard",
    "SearchPage",
    "accessibility",
    "figure",
    "gaps_page",
    "goal_page",
    "home_page",
    "how_to_read",
    "methods_page",
    "pipeline_page",
    "privacy",
    "report_card",
    "search_page",
    "terms",
    "wanted",
]
