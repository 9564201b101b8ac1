"""Scores raw pixel arrays by a full graph with Python's onnxruntime alone: full-graph.py MODEL FOLDER COUNT"""

import json
import sys

import numpy as np
import onnxruntime

model, folder, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
scores, worst = [], 0.0
for i in range(count):
    height, width = json.load(open(f"{folder}/{i}.json"))
    image = np.fromfile(f"{folder}/{i}.bin", np.uint8).reshape(height, width, 3)
    anomaly_map, score = session.run(["anomaly_map", "score"], {"image": image})
    scores.append(float(score))
    expected = np.load(f"{folder}/{i}.map.npy")
    assert (np.isnan(anomaly_map) == np.isnan(expected)).all()
    worst = max(worst, float(np.nanmax(np.abs(anomaly_map - expected))))
json.dump({"version": onnxruntime.__version__, "scores": scores, "map": worst}, open(f"{folder}/python.json", "w"))
