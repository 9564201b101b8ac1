"""Golden values for the ResNet family, computed by torchvision, which rsad itself neither uses nor needs.

    pip install torch==2.14.1 torchvision==0.29.1 && python scripts/golden/make-resnet-goldens.py

Each network is torchvision's own with a sixteenth of its channels. Weights and image are drawn from their names, by a
generator that src/backbones/testing/seeded-weights.ts has too, so the file holds outputs alone: of every tap each fifth
value, computed in float64 and kept in float32. Parameters are counted in the networks of full width, up to each layer.
"""

import array
import base64
import json
import math
import pathlib

import torch
import torchvision
from torchvision.models import resnet
from torchvision.models.feature_extraction import create_feature_extractor

CHANNELS = 4
IMAGE = (1, 3, 32, 48)
EVERY = 5
FILE = pathlib.Path(__file__).parents[2] / "src/backbones/architectures/resnet.golden.json"
LAYERS = ["layer1", "layer2", "layer3", "layer4"]
NETWORKS = {
    "wide_resnet50_2": (resnet.Bottleneck, [3, 4, 6, 3], 128),
    "resnet18": (resnet.BasicBlock, [2, 2, 2, 2], 64),
    "resnet34": (resnet.BasicBlock, [3, 4, 6, 3], 64),
    "resnet50": (resnet.Bottleneck, [3, 4, 6, 3], 64),
    "resnet101": (resnet.Bottleneck, [3, 4, 23, 3], 64),
    "wide_resnet101_2": (resnet.Bottleneck, [3, 4, 23, 3], 128),
}


class Narrow(resnet.ResNet):
    """torchvision's network with CHANNELS in place of its 64."""

    def _make_layer(self, block, planes, *arguments, **options):
        if planes == 64:
            self.inplanes = CHANNELS
            self.conv1 = torch.nn.Conv2d(3, CHANNELS, 7, 2, 3, bias=False)
            self.bn1 = torch.nn.BatchNorm2d(CHANNELS)
        return super()._make_layer(block, planes * CHANNELS // 64, *arguments, **options)


def draw(name, shape, low, high):
    state = 0
    for character in name:
        state = (state * 31 + ord(character)) % 2**32
    values = array.array("f")
    for _ in range(math.prod(shape)):
        state = (state * 1664525 + 1013904223) % 2**32
        values.append(low + (high - low) * (state / 2**32))
    return torch.tensor(values.tolist(), dtype=torch.float64).reshape(shape)


def draw_weight(name, shape):
    bound = math.sqrt(3 / math.prod(shape[1:]))
    return draw(name, shape, -bound, bound) if len(shape) == 4 else draw(name, shape, 0.25, 1)


def narrow_taps(block, depths, width):
    network = Narrow(block, depths, width_per_group=width).double().eval()
    drawn = {
        name: draw_weight(name, tuple(value.shape))
        for name, value in network.state_dict().items()
        if value.is_floating_point() and not name.startswith("fc.")
    }
    network.load_state_dict(drawn, strict=False)
    with torch.inference_mode():
        return create_feature_extractor(network, LAYERS)(draw("image", IMAGE, -2, 2))


def count_parameters(name):
    network = torchvision.models.get_model(name)
    counts = {part: sum(p.numel() for p in module.parameters()) for part, module in network.named_children()}
    return [sum(counts[part] for part in ["conv1", "bn1", *LAYERS[: i + 1]]) for i in range(4)]


def encode(values):
    return base64.b64encode(array.array("f", values.flatten()[::EVERY].tolist()).tobytes()).decode()


networks = {}
for name, shape in NETWORKS.items():
    taps = narrow_taps(*shape)
    print(name, {tap: f"{value.std():.3g}" for tap, value in taps.items()})
    networks[name] = {
        "parameters": count_parameters(name),
        "taps": {tap: {"shape": list(value.shape), "values": encode(value)} for tap, value in taps.items()},
    }
versions = f"torchvision {torchvision.__version__.split('+')[0]}, PyTorch {torch.__version__.split('+')[0]}"
how = f"scripts/golden/make-resnet-goldens.py with {versions}, float64"
golden = {"how": how, "channels": CHANNELS, "image": IMAGE, "every": EVERY, "networks": networks}
FILE.write_text(json.dumps(golden, indent=1) + "\n")
print(FILE.name, FILE.stat().st_size)
