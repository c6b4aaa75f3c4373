"""What can stand in the way of a release. Each message is one sentence for the person who asked for it."""


class PublishingError(Exception):
    """The step cannot be taken; nothing was changed."""


class NothingToPublish(PublishingError):
    """What stands is what is public already."""


class Busy(PublishingError):
    """Others write at this moment; a minute later it may well go."""


class NotAllowed(PublishingError):
    """The step is somebody else's to take."""
