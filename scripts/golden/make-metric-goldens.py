"""Writes src/evaluation/anomalib.golden.json: pixel metrics of scikit-learn and anomalib on maps that a formula gives.

    pip install anomalib scikit-learn
    python scripts/golden/make-metric-goldens.py

src/evaluation/anomalib.test.ts makes the same maps. anomalib's AUPRO computes in float32.
"""

import json
from importlib.metadata import version
from math import gcd
from pathlib import Path

import numpy as np
import torch
from anomalib.metrics.aupro import _AUPRO
from anomalib.metrics.pimo.functional import aupimo_scores
from sklearn.metrics import average_precision_score, precision_recall_curve, roc_auc_score

TARGET = Path(__file__).resolve().parents[2] / "src" / "evaluation" / "anomalib.golden.json"

# Maps of pseudo-random numbers: in each image the multiplicative generator of Park and Miller, seeded with the image's
# number from 1; a pixel is u * u outside defects and 0.3 + 0.7 * u inside. Defects are rectangles [x, y, width, height].
NOISE = {
    "width": 60,
    "height": 40,
    "defects": [[], [], [[10, 20, 20, 15]], [[0, 0, 7, 5], [7, 5, 3, 3], [40, 15, 20, 25]], [[50, 2, 1, 1]]],
}

# Maps in which every rate of false positives of one pixel's steps occurs, each at a whole number, so that evenly spaced thresholds
# meet all of them: pixel i of all good images together is max(0, i * factor % pixels - offset). Defects are squares at the
# left top of their image: pixel j of one is first + j * step % span.
RANKS = {
    "width": 400,
    "height": 250,
    "good": 4,
    "factor": 170_141,
    "offset": 396_000,
    "defects": [
        {"side": 12, "first": 3940, "step": 7, "span": 80},
        {"side": 30, "first": 3990, "step": 11, "span": 7},
        {"side": 20, "first": 0, "step": 1, "span": 3999},
        {"side": 5, "first": 4000, "step": 1, "span": 10},
    ],
}


def noise_maps():
    maps, masks = [], []
    for image, defects in enumerate(NOISE["defects"]):
        mask = np.zeros((NOISE["height"], NOISE["width"]), np.uint8)
        for x, y, width, height in defects:
            mask[y : y + height, x : x + width] = 1
        state, values = image + 1, []
        for inside in mask.ravel():
            state = state * 48271 % 2147483647
            u = state / 2147483647
            values.append(0.3 + 0.7 * u if inside else u * u)
        maps.append(np.array(values, np.float32).reshape(mask.shape))
        masks.append(mask)
    return np.stack(maps), np.stack(masks)


def noise_metrics():
    maps, masks = noise_maps()
    labels, scores = masks.ravel(), maps.ravel()
    precision, recall, _ = precision_recall_curve(labels, scores)
    aupro = {}
    for limit in (0.05, 0.3):
        metric = _AUPRO(fpr_limit=limit)
        metric.update(torch.from_numpy(maps), torch.from_numpy(masks))
        aupro[str(limit)] = float(metric.compute())
    return {
        "auroc": float(roc_auc_score(labels, scores)),
        "aupr": float(average_precision_score(labels, scores)),
        "f1Max": float(np.max(2 * precision * recall / np.maximum(precision + recall, 1e-300))),
        "aupro": aupro,
    }


def rank_aupimos():
    width, height, good = RANKS["width"], RANKS["height"], RANKS["good"]
    pixels = width * height * good
    assert gcd(RANKS["factor"], pixels) == 1
    ranks = np.arange(pixels, dtype=np.int64) * RANKS["factor"] % pixels
    maps = [*np.maximum(0, ranks - RANKS["offset"]).reshape(good, height, width)]
    masks = [np.zeros((height, width), np.int64)] * good
    for defect in RANKS["defects"]:
        side = defect["side"]
        inside = defect["first"] + np.arange(side * side) * defect["step"] % defect["span"]
        values, mask = np.zeros((2, height, width), np.int64)
        values[:side, :side] = inside.reshape(side, side)
        mask[:side, :side] = 1
        maps.append(values)
        masks.append(mask)
    thresholds = pixels - RANKS["offset"]
    scores = aupimo_scores(
        torch.from_numpy(np.stack(maps).astype(np.float32)), torch.from_numpy(np.stack(masks)), thresholds
    )[4]
    return [float(score) for score in scores[good:]]


TARGET.write_text(
    json.dumps(
        {
            "made": "scripts/golden/make-metric-goldens.py with "
            + ", ".join(f"{name} {version(name)}" for name in ("anomalib", "scikit-learn", "torch")),
            "noise": {**NOISE, **noise_metrics()},
            "ranks": {**RANKS, "aupimos": rank_aupimos()},
        },
        indent=2,
    )
    + "\n"
)
