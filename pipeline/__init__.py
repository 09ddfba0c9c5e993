"""Turn the annexes of Dutch government letters into checked data."""
