"""The members' own area: what an organization is told, what it answers, what it sends."""
