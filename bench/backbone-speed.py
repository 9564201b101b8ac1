"""PyTorch's side of backbone-speed.mjs, which starts it.

`backbone-speed.py THREADS FOLDER` exports the prefix to ONNX, once for each size of batch. `backbone-speed.py THREADS` runs
it in eager mode when asked: reads lines of "BATCH COUNT", answers each with one JSON list of milliseconds.
"""

import json
import sys
import time
import warnings

import torch
import torchvision

SIDE = 224
BATCHES = [1, 8]


class Prefix(torch.nn.Module):
    """wide_resnet50_2 up to layer3, with the outputs of layer2 and layer3."""

    def __init__(self):
        super().__init__()
        network = torchvision.models.wide_resnet50_2()
        self.stem = torch.nn.Sequential(network.conv1, network.bn1, network.relu, network.maxpool, network.layer1)
        self.layer2 = network.layer2
        self.layer3 = network.layer3

    def forward(self, image):
        second = self.layer2(self.stem(image))
        return second, self.layer3(second)


def export(folder):
    warnings.simplefilter("ignore")
    for batch in BATCHES:
        image = torch.randn(batch, 3, SIDE, SIDE)
        path = f"{folder}/batch{batch}.onnx"
        torch.onnx.export(prefix, (image,), path, opset_version=18, dynamo=False, output_names=["layer2", "layer3"])


def serve():
    network = prefix.to(memory_format=torch.channels_last)
    images = {batch: torch.randn(batch, 3, SIDE, SIDE).to(memory_format=torch.channels_last) for batch in BATCHES}
    print(json.dumps(torch.__version__), flush=True)
    for line in sys.stdin:
        batch, count = map(int, line.split())
        taken = []
        for _ in range(count):
            start = time.perf_counter()
            network(images[batch])
            taken.append(1000 * (time.perf_counter() - start))
        print(json.dumps(taken), flush=True)


torch.set_num_threads(int(sys.argv[1]))
torch.manual_seed(0)
prefix = Prefix().eval()
with torch.inference_mode():
    export(sys.argv[2]) if len(sys.argv) > 2 else serve()
