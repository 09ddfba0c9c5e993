"""How sure a link is: what the recogniser says, set right by what was measured, less what the link leaves open."""

from bisect import bisect_right

from pipeline.linking.match import Match
from pipeline.recognising.spans import OrganisationMention
from pipeline.resources import vocabulary

_DATA = vocabulary("linking/calibration.toml")
_SOURCES: dict[str, list[tuple[float, float]]] = {
    source: [(said, right) for said, right in points] for source, points in _DATA["sources"].items()
}
_DECIDED: dict[str, float] = _DATA["decided"]


def stated(mention: OrganisationMention, found: Match | None) -> float:
    """Return the share of mentions such as this that are right, from 0 to 1, to two decimals."""
    confidence = _between(mention.confidence, _SOURCES.get(mention.source, _SOURCES["rules"]))
    if found is not None:
        confidence *= found.similarity * _DECIDED[found.decided]
    return round(confidence, 2)


def _between(said: float, points: list[tuple[float, float]]) -> float:
    """Return the value at `said` of straight lines between points, sorted by their first number."""
    at = min(bisect_right(points, (said, 2.0)), len(points) - 1)
    (left, low), (right, high) = points[at - 1], points[at]
    return low + (high - low) * (said - left) / (right - left)
