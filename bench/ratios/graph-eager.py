"""PyTorch's side of inspection.mjs: a model file's graph in eager mode, checked against the results of the runtime.

`graph-eager.py THREADS MODEL SAMPLE.json` first says whether it can: {"version", "difference", "layout"} or {"unable"}. Then it
reads lines of COUNT and answers each with one JSON list of milliseconds. The sample file holds the image's `width` and
`height`, the files of its pixels and of the runtime's map, and the runtime's `score`.
"""

import json
import statistics
import sys
import time

import numpy
import onnx
import torch
from onnx_eager import EagerGraph, Unsupported

#: In proportion to the largest value of the runtime's map, or of 1.
TOLERANCE = 1e-3
#: Images by which the layout is chosen.
TRIALS = 7


def timed(graph, image, count):
    taken = []
    for _ in range(count):
        start = time.perf_counter()
        graph(image)
        taken.append(1000 * (time.perf_counter() - start))
    return taken


def difference(results, sample, dims):
    expected = numpy.fromfile(sample["map"], numpy.float32).reshape(dims)
    seen = numpy.isfinite(expected)
    size = max(1.0, float(numpy.abs(expected[seen]).max()))
    found, score = results[0].numpy(), float(results[1])
    if (numpy.isfinite(found) != seen).any():
        return float("inf")
    return max(float(numpy.abs(found - expected)[seen].max()), abs(score - sample["score"])) / size


def prepare(model, sample):
    dims = [sample["height"], sample["width"]]
    image = torch.from_numpy(numpy.fromfile(sample["pixels"], numpy.uint8).reshape(*dims, 3))
    graphs = {}
    for layout in ("contiguous", "channels last"):
        graph = EagerGraph(model, ["anomaly_map", "score"], channels_last=layout == "channels last")
        off = difference(graph(image), sample, dims)
        if not off <= TOLERANCE:
            return {"unable": f"its results differ from the runtime's by {off:.2g}"}, None
        graphs[layout] = (graph, off)
    speed = {layout: statistics.median(timed(graph, image, TRIALS)) for layout, (graph, _) in graphs.items()}
    layout = min(speed, key=speed.get)
    graph, off = graphs[layout]
    return {"version": torch.__version__, "difference": off, "layout": layout}, lambda count: timed(graph, image, count)


torch.set_num_threads(int(sys.argv[1]))
with torch.inference_mode():
    try:
        with open(sys.argv[3]) as file:
            about, measure = prepare(onnx.load(sys.argv[2]), json.load(file))
    except Unsupported as error:
        about, measure = {"unable": f"PyTorch's side has no {error}"}, None
    print(json.dumps(about), flush=True)
    for line in sys.stdin:
        print(json.dumps(measure(int(line))), flush=True)
