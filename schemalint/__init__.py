"""schemalint: finds where a database schema, its migrations and its models disagree, before a deploy does."""

__version__ = "0.1.0"
