"""Weight files and taps as timm makes them, for compare.mjs to hold rsad's networks to.

    pip install torch==2.14.1 timm==1.0.31 safetensors && python scripts/parity/vit.py FOLDER [NAME ...]

For every network, at full width: NAME.safetensors, as timm's release has its tensors, and NAME.pth, as the original release
has them, with a mask token that nothing reads. Each parameter is drawn at random and far from what would hide a mistake: a
LayerScale of 1e-5, as it is initialised, or a bias of zero. NAME.expected.safetensors holds images of four sizes and all
their taps, computed in float64, but for the position embedding, which timm resamples in float32. Prints how far timm's own
float32 is from that, and over how many of the tokens attention is spread.
"""

import math
import pathlib
import sys

import timm
import torch
from safetensors.torch import save_file

NAMES = ["vit_small_patch14_dinov2", "vit_base_patch14_dinov2"]
# The network's own 37 x 37 patches, fewer, another shape, and a size at which many exchanges can be tried.
SIZES = [(518, 518), (224, 224), (168, 252), (28, 56)]


def draw(name, value):
    """Layers keep the variance of what passes them; attention is neither even nor all on one token."""
    if value.dim() > 1 and name.endswith("weight"):
        gain = 1.5 if "qkv" in name else 1
        return torch.randn(value.shape) * gain / math.sqrt(value[0].numel())
    if name.endswith("gamma"):
        return torch.rand(value.shape) * 0.9 + 0.1
    return torch.randn(value.shape) * 0.3 + (1 if name.endswith("weight") else 0)


def all_taps(network, image):
    blocks = list(range(len(network.blocks)))
    return network.forward_intermediates(image, indices=blocks, intermediates_only=True)


def attention_spread(network, image):
    """For each block exp(entropy) of the attention as a share of the tokens: 1 is even, 0 all on one of many."""
    shares = []

    def look(attention, inputs, _output):
        x = inputs[0]
        qkv = attention.qkv(x).reshape(*x.shape[:2], 3, attention.num_heads, -1).permute(2, 0, 3, 1, 4)
        weights = (qkv[0] @ qkv[1].transpose(-2, -1) * attention.scale).softmax(-1)
        shares.append((torch.special.entr(weights).sum(-1).exp().mean() / x.shape[1]).item())

    hooks = [block.attn.register_forward_hook(look) for block in network.blocks]
    network.forward_features(image)
    for hook in hooks:
        hook.remove()
    return shares


def distance(found, expected):
    return ((found - expected).abs().max() / expected.square().mean().sqrt()).item()


folder = pathlib.Path(sys.argv[1])
folder.mkdir(parents=True, exist_ok=True)
for name in sys.argv[2:] or NAMES:
    torch.manual_seed(NAMES.index(name))
    network = timm.create_model(name, dynamic_img_size=True).eval()
    network.load_state_dict({key: draw(key, value) for key, value in network.state_dict().items()})
    save_file(network.state_dict(), folder / f"{name}.safetensors")
    torch.save(network.state_dict() | {"mask_token": torch.randn(1, network.embed_dim)}, folder / f"{name}.pth")
    images = {f"{height}x{width}": torch.randn(1, 3, height, width) for height, width in SIZES}
    with torch.inference_mode():
        single = {size: all_taps(network, image) for size, image in images.items()}
        network.double()
        double = {size: all_taps(network, image.double()) for size, image in images.items()}
        spread = attention_spread(network, images["224x224"].double())
    expected = {}
    for size, image in images.items():
        expected[f"{size}/image"] = image
        expected |= {f"{size}/blocks.{i}": tap.float().contiguous() for i, tap in enumerate(double[size])}
    save_file(expected, folder / f"{name}.expected.safetensors")
    error = max(distance(*pair) for size in images for pair in zip(single[size], double[size]))
    deviations = ", ".join(f"{tap.std():.2g}" for tap in double["224x224"])
    print(f"{name}: float32 within {error:.1e} of float64, taps' deviations {deviations}")
    print(f"attention spread over {min(spread):.0%} to {max(spread):.0%} of the tokens", flush=True)
