"""Golden values for DINOv2's vision transformers, computed by timm, which rsad itself neither uses nor needs.

    pip install torch==2.14.1 timm==1.0.31 && python scripts/golden/make-vit-goldens.py

The network is timm's own, narrow and of three blocks. Weights and images are drawn from their names, by a generator that
src/backbones/testing has too, so the file holds outputs alone: of every tap each fifth value, computed in float64 (the
resampled position embedding in float32, as timm does it) and kept in float32. Positions are held for 5 x 5 patches, and
resampled where an image has another number of them. Parameters are counted in the networks of full size, up to each
block.
"""

import array
import base64
import json
import math
import pathlib

import timm
import torch
from timm.models.vision_transformer import VisionTransformer

WIDTH, HEADS, DEPTH, PATCH, SIDE = 12, 2, 3, 4, 5
EVERY = 5
IMAGES = {"own grid": (2, 3, 20, 20), "more patches": (2, 3, 24, 36), "fewer and more": (2, 3, 12, 28)}
FILE = pathlib.Path(__file__).parents[2] / "src/backbones/architectures/vit.golden.json"
FULL = ["vit_small_patch14_dinov2", "vit_base_patch14_dinov2"]


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
    """Layers and attention that are neither linear nor saturated, a LayerScale that counts."""
    part = name.rsplit(".")[-1]
    if part == "weight" and len(shape) > 1:
        bound = math.sqrt(6 / math.prod(shape[1:]))
        return draw(name, shape, -bound, bound)
    low, high = {"weight": (0.5, 1.5), "gamma": (0.1, 1.0)}.get(part, (-0.5, 0.5))
    return draw(name, shape, low, high)


def narrow_network():
    network = VisionTransformer(
        img_size=SIDE * PATCH,
        patch_size=PATCH,
        embed_dim=WIDTH,
        depth=DEPTH,
        num_heads=HEADS,
        init_values=1e-5,
        num_classes=0,
        dynamic_img_size=True,
    )
    drawn = {name: draw_weight(name, tuple(value.shape)) for name, value in network.state_dict().items()}
    network.load_state_dict(drawn)
    return network.double().eval()


def taps(network, image):
    with torch.inference_mode():
        return network.forward_intermediates(image, indices=list(range(DEPTH)), intermediates_only=True)


def count_parameters(name):
    network = timm.create_model(name)
    counts = {}
    for parameter, value in network.named_parameters():
        parts = parameter.split(".")
        part = int(parts[1]) if parts[0] == "blocks" else parts[0]
        counts[part] = counts.get(part, 0) + value.numel()
    before = counts["cls_token"] + counts["pos_embed"] + counts["patch_embed"]
    return [before + sum(counts[block] for block in range(last + 1)) for last in range(len(network.blocks))]


def encode(values):
    return base64.b64encode(array.array("f", values.flatten()[::EVERY].tolist()).tobytes()).decode()


narrow = narrow_network()
cases = {}
for name, shape in IMAGES.items():
    found = taps(narrow, draw("image", shape, -2, 2))
    print(name, [f"{tap.std():.3g}" for tap in found])
    cases[name] = {"image": shape, "taps": [{"shape": list(tap.shape), "values": encode(tap)} for tap in found]}

how = f"scripts/golden/make-vit-goldens.py with timm {timm.__version__}, PyTorch {torch.__version__.split('+')[0]}, float64"
golden = {
    "how": how,
    "network": {"width": WIDTH, "heads": HEADS, "depth": DEPTH, "patch": PATCH},
    "side": SIDE,
    "every": EVERY,
    "cases": cases,
    "parameters": {name: count_parameters(name) for name in FULL},
}
FILE.write_text(json.dumps(golden, indent=1) + "\n")
print(FILE.name, FILE.stat().st_size)
