"""What a steward lays over the register: a folder of CSV files, read, changed by rules, and kept."""

from pipeline.overlay.files import read_overlay

__all__ = ["read_overlay"]
