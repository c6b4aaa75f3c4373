"""Exploring the indicators: all of them at a glance, and each with the places, groups and years one asks for."""

from .asking import Asking, asking
from .figure import figure
from .indicator import IndicatorPage, indicator_page
from .listing import IndicatorsPage, indicators_page

__all__ = ["Asking", "IndicatorPage", "IndicatorsPage", "asking", "figure", "indicator_page", "indicators_page"]
