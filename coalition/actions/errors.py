"""What the verbs of this app say when something cannot be done."""


class CoalitionError(Exception):
    """Something cannot be done. The message is one sentence for the person who asked for it.

    `field` names the form field it is about, or is empty when it is about the whole.
    """

    def __init__(self, sentence: str, *, field: str = "") -> None:
        super().__init__(sentence)
        self.field = field
