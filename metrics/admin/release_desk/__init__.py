"""The pages on which a release is prepared, looked at, approved, published and taken back."""

from .views import ReleaseDesk

__all__ = ["ReleaseDesk"]
