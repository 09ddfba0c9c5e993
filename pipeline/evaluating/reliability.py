"""How far stated confidence can be trusted: in each band of it, the share of predictions that were right."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.evaluating.scoring import Judged, Kind, Share

EDGES = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0)
"""Edges of the bands: each from its lower edge up to the next, without it; the last with it."""

CONFIDENT_KINDS: tuple[Kind, ...] = ("organisations", "roles", "dates", "figures", "locations")
"""The kinds whose records state a confidence."""


@dataclass(frozen=True, slots=True)
class Band:
    """The predictions of one kind whose stated confidence lies in one band."""

    low: float
    high: float
    right: Share
    stated: float
    """Mean confidence stated."""


@dataclass(frozen=True, slots=True)
class Reliability:
    """The reliability diagram of one kind, as numbers; bands without predictions are left out."""

    kind: Kind
    bands: tuple[Band, ...]

    @property
    def error(self) -> float | None:
        """Return the expected calibration error; None without predictions.

        Over the bands *b* with *n_b* of *n* predictions: Σ (*n_b* / *n*) · abs(share right − mean stated confidence),
        equation 3 of [1]_, here with bands that grow narrower towards 1, where most confidences lie.

        References
        ----------
        .. [1] Guo, C., Pleiss, G., Sun, Y. and Weinberger, K. Q. (2017). On calibration of modern neural networks.
           Proceedings of the 34th International Conference on Machine Learning, PMLR 70, 1321-1330.
        """
        total = sum(band.right.of for band in self.bands)
        if not total:
            return None
        return sum(abs(band.right.right - band.stated * band.right.of) for band in self.bands) / total


def reliability(judged: Iterable[Judged]) -> tuple[Reliability, ...]:
    """Sort judged predictions into bands of stated confidence, for each kind that states one.

    Predictions that were matched to optional gold are not among the judged: nobody said that they are right or wrong.
    Those of a spurious project are, and are wrong.
    """
    sorted_in: dict[Kind, list[list[Judged]]] = {kind: [[] for _ in EDGES[1:]] for kind in CONFIDENT_KINDS}
    for prediction in judged:
        band = min(bisect_right(EDGES, prediction.confidence), len(EDGES) - 1) - 1
        sorted_in[prediction.kind][band].append(prediction)
    return tuple(
        Reliability(
            kind,
            tuple(
                Band(
                    low,
                    high,
                    Share(sum(one.right for one in inside), len(inside)),
                    sum(one.confidence for one in inside) / len(inside),
                )
                for low, high, inside in zip(EDGES, EDGES[1:], bands, strict=False)
                if inside
            ),
        )
        for kind, bands in sorted_in.items()
    )
