"""The pages that tell what was published when: updates, changes, one figure for ever, and the verdicts of the past."""
