"""Weight files and taps as torchvision makes them, for compare.mjs to hold rsad's networks to.

    pip install torch==2.14.1 torchvision==0.29.1 safetensors && python scripts/parity/resnet.py FOLDER [NAME ...]

For every network, at full width: NAME.pth and NAME.safetensors, each parameter and each buffer drawn at random and far
from what would hide a mistake (no zero means, no equal variances); NAME.expected.safetensors with images of three sizes
and all their taps, computed in float64. Prints how far torchvision's own float32 is from that.
"""

import pathlib
import sys

import torch
import torchvision
from safetensors.torch import save_file
from torchvision.models.feature_extraction import create_feature_extractor

NAMES = ["wide_resnet50_2", "resnet18", "resnet34", "resnet50", "resnet101", "wide_resnet101_2"]
LAYERS = ["layer1", "layer2", "layer3", "layer4"]
SIZES = [(64, 64), (224, 224), (160, 224)]


def uniform(shape, low, high):
    return torch.rand(shape) * (high - low) + low


def draw(name, value):
    """Kernels keep the variance of what passes them, and batch norms bring it down, for the residuals add to it."""
    if value.dtype == torch.int64:
        return torch.randint(1, 10**6, value.shape)
    if value.dim() > 1:
        return torch.randn(value.shape) / value[0].numel() ** 0.5
    if name.endswith("running_var"):
        return uniform(value.shape, 0.5, 2)
    if name.endswith("weight"):
        return uniform(value.shape, 0.2, 1) * (1 - 2 * torch.randint(2, value.shape))
    return torch.randn(value.shape) * 0.3


def distance(found, expected):
    return ((found - expected).abs().max() / expected.square().mean().sqrt()).item()


folder = pathlib.Path(sys.argv[1])
folder.mkdir(parents=True, exist_ok=True)
for name in sys.argv[2:] or NAMES:
    torch.manual_seed(NAMES.index(name))
    network = torchvision.models.get_model(name).eval()
    weights = {key: draw(key, value) for key, value in network.state_dict().items()}
    network.load_state_dict(weights)
    torch.save(network.state_dict(), folder / f"{name}.pth")
    save_file(network.state_dict(), folder / f"{name}.safetensors")
    extractor = create_feature_extractor(network, LAYERS)
    images = {f"{height}x{width}": torch.randn(1, 3, height, width) for height, width in SIZES}
    with torch.inference_mode():
        single = {size: extractor(image) for size, image in images.items()}
        extractor.double()
        double = {size: extractor(image.double()) for size, image in images.items()}
    expected = {}
    for size, image in images.items():
        expected[f"{size}/image"] = image
        expected |= {f"{size}/{layer}": value.float() for layer, value in double[size].items()}
    save_file(expected, folder / f"{name}.expected.safetensors")
    error = max(distance(single[size][layer], double[size][layer]) for size in images for layer in LAYERS)
    deviations = ", ".join(f"{value.std():.2g}" for value in double["224x224"].values())
    print(f"{name}: float32 within {error:.1e} of float64, taps' deviations {deviations}", flush=True)
