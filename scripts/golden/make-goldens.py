"""Golden values for the tests, computed by PyTorch, which rsad itself neither uses nor needs.

    pip install torch==2.14.1 && python scripts/golden/make-goldens.py

Everything runs in float64; inputs are rounded to three decimals, so that they are short and exact in the file, and
results are kept to seven significant digits. The scalar behind every gradient is sum(output * weights) unless said
otherwise. Tensors are {dims, data}, row-major.
"""

import json
import pathlib
import re

import torch
from torch import nn
from torch.nn import functional as F

SEED = 20261124
SOURCE = pathlib.Path(__file__).parents[2] / "src"
torch.manual_seed(SEED)
torch.set_default_dtype(torch.float64)


def draw(*dims, scale=1.0, shift=0.0):
    return ((torch.randn(*dims) * scale + shift) * 1000).round() / 1000


def plain(value):
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, torch.Tensor):
        data = [float(f"{x:.7g}") + 0.0 for x in value.detach().flatten().tolist()]
        return {"dims": list(value.shape), "data": [int(x) if x == int(x) else x for x in data]}
    return value


def differentiate(function, given, loss=None):
    """Output, weights and gradients of sum(output * weights), or of loss(output), for every tensor in `given`."""
    leaves = {name: value.clone().requires_grad_() for name, value in given.items()}
    output = function(**leaves)
    record = {"inputs": given, "output": output}
    if loss is None:
        record["weights"] = draw(*output.shape)
        value = (output * record["weights"]).sum()
    else:
        value = loss(output)
        record["loss"] = value.item()
    record["gradients"] = dict(zip(leaves, torch.autograd.grad(value, list(leaves.values()))))
    return record


def save(path, content):
    how = {"how": f"scripts/golden/make-goldens.py with PyTorch {torch.__version__.split('+')[0]}, float64, seed {SEED}"}
    text = json.dumps(how | plain(content), indent=1)
    text = re.sub(r"\[[^][{}]*\]", lambda found: re.sub(r"\s+", "", found[0]), text)
    (SOURCE / path).write_text(text + "\n")
    print(path, len(text))


# Single operators -----------------------------------------------------------------------------------------------

ramp = torch.linspace(-6, 6, 25)
layer_norm = lambda x, weight, bias: F.layer_norm(x, (7,), weight, bias, 1e-5)
batch_norm = lambda x, weight, bias: F.batch_norm(x, None, None, weight, bias, training=True, eps=1e-5)


def conv(**options):
    return lambda x, weight, bias: F.conv2d(x, weight, bias, **options)


def depthwise(size, channels=3):
    given = {"x": draw(2, channels, 5, 4), "weight": draw(channels, 1, size, size), "bias": draw(channels)}
    return differentiate(conv(padding=size // 2, groups=channels), given)


graph = {
    "gelu": differentiate(F.gelu, {"input": ramp}),
    "erf": differentiate(torch.erf, {"input": ramp}),
    "softplus": differentiate(F.softplus, {"input": ramp}),
    "layerNorm": differentiate(layer_norm, {"x": draw(3, 7, shift=0.5), "weight": draw(7), "bias": draw(7)}),
    "batchNorm": differentiate(batch_norm, {"x": draw(6, 4, shift=0.5), "weight": draw(4), "bias": draw(4)}),
    "depthwise3": depthwise(3),
    "depthwise5": depthwise(5),
    "depthwise7": depthwise(7),
    "conv": differentiate(
        conv(stride=2, padding=1, dilation=2, groups=2),
        {"x": draw(2, 4, 8, 7), "weight": draw(6, 2, 3, 2), "bias": draw(6)},
    ),
    "resizeUp": differentiate(
        lambda x: F.interpolate(x, (5, 7), mode="bilinear", align_corners=False), {"x": draw(1, 2, 3, 3)}
    ),
    "resizeDown": differentiate(
        lambda x: F.interpolate(x, (2, 3), mode="bilinear", align_corners=False), {"x": draw(1, 2, 5, 7)}
    ),
    "averagePool": differentiate(lambda x: F.avg_pool2d(x, 3, 1, 1), {"x": draw(1, 2, 4, 5)}),
}
# Later additions draw apart, so that they change nothing that was drawn before.
with torch.random.fork_rng():
    torch.manual_seed(SEED + 1)
    graph |= {
        "softmax": differentiate(lambda x: x.softmax(-1), {"x": draw(2, 3, 5)}),
        "matmul": differentiate(torch.matmul, {"input": draw(2, 2, 3, 4), "other": draw(2, 2, 4, 5)}),
        "linear": differentiate(F.linear, {"input": draw(4, 3), "weight": draw(5, 3), "bias": draw(5)}),
    }
save("graph/graph.golden.json", graph)

# The aligner ----------------------------------------------------------------------------------------------------

M, N, BATCH, HEIGHT, WIDTH = 12, 8, 2, 5, 4
KEEP = 0.9


def mona(x, mask, p):
    """x [B, H*W, m]; mask [B, H*W, n] holds 0 or 1; kept activations are divided by the keep rate."""
    mixed = F.layer_norm(x, (M,), p["norm.weight"], p["norm.bias"]) * p["gamma"] + x * p["gammax"]
    down = F.linear(mixed, p["down.weight"], p["down.bias"])
    image = down.reshape(BATCH, HEIGHT, WIDTH, N).permute(0, 3, 1, 2)
    branches = [
        F.conv2d(image, p[f"conv{k}.weight"], p[f"conv{k}.bias"], padding=k // 2, groups=N) for k in (3, 5, 7)
    ]
    image = sum(branches) / 3 + image
    image = image + F.conv2d(image, p["projector.weight"], p["projector.bias"])
    tokens = image.permute(0, 2, 3, 1).reshape(BATCH, HEIGHT * WIDTH, N)
    return x + F.linear(F.gelu(tokens) * mask / KEEP, p["up.weight"], p["up.bias"])


mask = (torch.rand(BATCH, HEIGHT * WIDTH, N) < KEEP).double()
parameters = {
    "norm.weight": draw(M, scale=0.2, shift=1),
    "norm.bias": draw(M, scale=0.2),
    "gamma": draw(M, scale=0.3, shift=0.5),
    "gammax": draw(M, scale=0.3, shift=1),
    "down.weight": draw(N, M, scale=0.4),
    "down.bias": draw(N, scale=0.2),
    **{f"conv{k}.weight": draw(N, 1, k, k, scale=1 / k) for k in (3, 5, 7)},
    **{f"conv{k}.bias": draw(N, scale=0.2) for k in (3, 5, 7)},
    "projector.weight": draw(N, N, 1, 1, scale=0.3),
    "projector.bias": draw(N, scale=0.2),
    "up.weight": draw(M, N, scale=0.3),
    "up.bias": draw(M, scale=0.2),
}
aligner = differentiate(
    lambda x, **p: mona(x, mask, p), {"x": draw(BATCH, HEIGHT * WIDTH, M, shift=0.3), **parameters}
)
aligner |= {"height": HEIGHT, "width": WIDTH, "keep": KEEP, "mask": mask}

# The discriminator and the losses -------------------------------------------------------------------------------

IMAGES, PATCHES, WIDTHS = 2, 4, (5, 6, 4)


def network(true, fake, p, statistics=None):
    x = torch.cat([true, fake])
    for i in (1, 2):
        x = F.linear(x, p[f"linear{i}.weight"], p[f"linear{i}.bias"])
        mean, variance = statistics[i] if statistics else (None, None)
        x = F.batch_norm(x, mean, variance, p[f"norm{i}.weight"], p[f"norm{i}.bias"], True, 0.1, 1e-5)
        x = F.leaky_relu(x, 0.2)
    return F.linear(x, p["linear3.weight"]).flatten()


def truncated_l1(z, th=0.5):
    true, fake = z.split(IMAGES * PATCHES)
    return (th - true).clamp(min=0).mean() + (th + fake).clamp(min=0).mean()


def image_focal(gamma):
    """Binary focal loss of sigmoid(max over the image's patches of s = -z); label 0 for true, 1 for fake; mean."""

    def loss(z):
        probability = torch.sigmoid((-z).reshape(2 * IMAGES, PATCHES).amax(1))
        label = torch.tensor([0.0] * IMAGES + [1.0] * IMAGES)
        right = torch.where(label == 1, probability, 1 - probability)
        return (-((1 - right) ** gamma) * right.log()).mean()

    return loss


weights = {}
for i in (1, 2):
    weights |= {
        f"linear{i}.weight": draw(WIDTHS[i], WIDTHS[i - 1], scale=0.6),
        f"linear{i}.bias": draw(WIDTHS[i], scale=0.2),
        f"norm{i}.weight": draw(WIDTHS[i], scale=0.2, shift=1),
        f"norm{i}.bias": draw(WIDTHS[i], scale=0.2),
    }
weights |= {"linear3.weight": draw(1, WIDTHS[2], scale=0.6)}
rows = {"true": draw(IMAGES * PATCHES, WIDTHS[0]), "fake": draw(IMAGES * PATCHES, WIDTHS[0])}
losses = {"truncatedL1": truncated_l1, "focal2": image_focal(2), "focal4": image_focal(4)}
runs = {
    name: differentiate(lambda true, fake, **p: network(true, fake, p), rows | weights, loss)
    for name, loss in losses.items()
}
before = {i: (draw(WIDTHS[i], scale=0.3), draw(WIDTHS[i], scale=0.1, shift=1)) for i in (1, 2)}
after = {i: tuple(value.clone() for value in pair) for i, pair in before.items()}
network(**rows, p=weights, statistics=after)
discriminator = {
    "images": IMAGES,
    "patches": PATCHES,
    "th": 0.5,
    "slope": 0.2,
    "inputs": rows | weights,
    "logits": runs["truncatedL1"]["output"],
    "losses": {name: {"loss": run["loss"], "gradients": run["gradients"]} for name, run in runs.items()},
    "momentum": 0.1,
    "runningBefore": {f"norm{i}": {"mean": before[i][0], "variance": before[i][1]} for i in (1, 2)},
    "runningAfter": {f"norm{i}": {"mean": after[i][0], "variance": after[i][1]} for i in (1, 2)},
}

# Adam -----------------------------------------------------------------------------------------------------------

groups = [{"start": draw(4), "rate": 0.01}, {"start": draw(4), "rate": 0.02}]
leaves = [nn.Parameter(group["start"].clone()) for group in groups]
optimiser = torch.optim.Adam(
    [{"params": [leaf], "lr": group["rate"]} for leaf, group in zip(leaves, groups)], weight_decay=0.03
)
for group in groups:
    group |= {"gradients": [draw(4) for _ in range(3)], "values": []}
for step in range(3):
    for leaf, group in zip(leaves, groups):
        leaf.grad = group["gradients"][step]
    optimiser.step()
    for leaf, group in zip(leaves, groups):
        group["values"].append(leaf.detach().clone())
# The same starts and gradients with decoupled weight decay (AdamW).
for group in groups:
    leaf = nn.Parameter(group["start"].clone())
    optimiser = torch.optim.AdamW([leaf], lr=group["rate"], weight_decay=0.03)
    group["decoupled"] = []
    for step in range(3):
        leaf.grad = group["gradients"][step]
        optimiser.step()
        group["decoupled"].append(leaf.detach().clone())
adam = {"beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8, "weightDecay": 0.03, "groups": groups}

# Patch aggregation ----------------------------------------------------------------------------------------------

levels = [draw(1, 8, 3, 4), draw(1, 16, 2, 2)]
GRID = (3, 4)


def to_grid(x):
    return F.interpolate(x, GRID, mode="bilinear", align_corners=False)


def simplenet(dimension, target):
    """Unfold 3x3, resize every (channel, dy, dx) plane, adaptive_avg_pool1d per level, stack, adaptive_avg_pool1d."""
    pooled = []
    for x in levels:
        planes = F.unfold(x, 3, padding=1).reshape(1, -1, *x.shape[2:])
        flat = to_grid(planes).permute(0, 2, 3, 1).reshape(GRID[0] * GRID[1], 1, -1)
        pooled.append(F.adaptive_avg_pool1d(flat, dimension))
    tokens = F.adaptive_avg_pool1d(torch.stack(pooled, 1).reshape(GRID[0] * GRID[1], 1, -1), target)
    return tokens.reshape(1, *GRID, target).permute(0, 3, 1, 2)


def collapse(target):
    """The same as consecutive means of `step` values of each level's flat patch, where everything divides."""
    halves = []
    for x in levels:
        planes = to_grid(F.unfold(x, 3, padding=1).reshape(1, -1, *x.shape[2:]))
        halves.append(planes.reshape(1, target // 2, -1, *GRID).mean(2))
    return torch.cat(halves, 1)


assert torch.allclose(simplenet(24, 24), collapse(24), atol=1e-12)
assert torch.allclose(simplenet(12, 12), collapse(12), atol=1e-12)
aggregation = {
    "levels": levels,
    "average": torch.cat([to_grid(F.avg_pool2d(x, 3, 1, 1)) for x in levels], 1),
    # Windows that divide evenly collapse to consecutive means; uneven ones overlap.
    "simplenet24": simplenet(24, 24),
    "simplenet12": simplenet(12, 12),
    "simplenet10": simplenet(10, 10),
}

stages = {"mona": aligner, "discriminator": discriminator, "adam": adam, "patchAggregation": aggregation}
save("stages/stages.golden.json", stages)
