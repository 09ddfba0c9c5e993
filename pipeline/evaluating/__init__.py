"""Records and gold → scores, as the annotation guidelines take them."""

from pipeline.evaluating.gold import Gold, GoldError, read_gold, read_golds
from pipeline.evaluating.report import PairingError, Report, Row, evaluate
from pipeline.evaluating.scoring import Finding

__all__ = ["Finding", "Gold", "GoldError", "PairingError", "Report", "Row", "evaluate", "read_gold", "read_golds"]
