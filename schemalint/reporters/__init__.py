"""One file a format. A reporter turns a report into text; only this room imports rich."""
