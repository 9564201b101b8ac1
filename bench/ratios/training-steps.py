"""PyTorch's side of training-steps.mjs, which starts it: the same training steps, written as one writes them in PyTorch.

`training-steps.py THREADS` reads one line of JSON, the steps by name: the recipe, and the file of stored features,
its levels and the moments that scale them, or, for the default recipe, the number of components. Then it reads lines of "NAME COUNT" and answers each with one JSON list of
milliseconds. A step reads its features from the file, draws noise and dropout, runs forwards, backwards and Adam, and reads
the losses back.
"""

import json
import sys
import time

import numpy
import torch
from torch import nn
from torch.nn import functional


class Mona(nn.Module):
    def __init__(self, channels, width, dropout):
        super().__init__()
        self.norm = nn.LayerNorm(channels)
        self.gamma = nn.Parameter(torch.full((channels,), 1e-6))
        self.gammax = nn.Parameter(torch.ones(channels))
        self.down = nn.Linear(channels, width)
        self.convolutions = nn.ModuleList(
            nn.Conv2d(width, width, size, padding=size // 2, groups=width) for size in (3, 5, 7)
        )
        self.projector = nn.Conv2d(width, width, 1)
        self.dropout = nn.Dropout(dropout)
        self.up = nn.Linear(width, channels)

    def forward(self, x):
        """x [images, height, width, channels]"""
        down = self.down(self.norm(x) * self.gamma + x * self.gammax).permute(0, 3, 1, 2)
        mixed = sum(convolution(down) for convolution in self.convolutions) / len(self.convolutions) + down
        projected = (mixed + self.projector(mixed)).permute(0, 2, 3, 1)
        return x + self.up(self.dropout(functional.gelu(projected)))


def discriminator(widths, outputs=1):
    layers = []
    for before, after in zip(widths, widths[1:]):
        layers += [nn.Linear(before, after, bias=False), nn.BatchNorm1d(after), nn.LeakyReLU(0.2)]
    return nn.Sequential(*layers, nn.Linear(widths[-1], outputs, bias=False))


class Step:
    def __init__(self, features, recordBytes, images, levels, recipe, scaling=None):
        self.records = numpy.memmap(features, dtype=numpy.uint8, mode="r").reshape(images, recordBytes)
        self.levels, self.recipe = levels, recipe
        channels = sum(level["channels"] for level in levels)
        self.scaling = scaling and [torch.tensor(values).view(1, -1, 1, 1) for values in (scaling["mean"], scaling["deviation"])]
        kind = recipe["aligner"]["kind"]
        if kind not in ("mona", "none"):
            raise ValueError(f"no aligner {kind} here")
        monas = recipe["aligner"].get("depth", 0)
        self.aligner = nn.Sequential(*(Mona(channels, recipe["aligner"]["width"], recipe["aligner"]["dropout"]) for _ in range(monas)))
        self.discriminator = discriminator([channels, *recipe["discriminator"]["hidden"]])
        rates = recipe["optimizer"]
        groups = [{"params": self.discriminator.parameters(), "lr": rates["discriminatorRate"]}]
        if monas:
            groups.append({"params": self.aligner.parameters(), "lr": rates["alignerRate"]})
        self.adam = torch.optim.Adam(groups, weight_decay=rates["weightDecay"], fused=True)

    def read(self):
        """The stored levels of a random batch, [batch, C, h, w] each."""
        chosen = numpy.random.permutation(len(self.records))[: self.recipe["batch"]]
        start, stored = 0, []
        for level in self.levels:
            shape = [level["channels"], level["height"], level["width"]]
            end = start + 4 * shape[0] * shape[1] * shape[2]
            stored.append(torch.from_numpy(self.records[chosen, start:end].view(numpy.float32).reshape(-1, *shape)))
            start = end
        return stored

    def patches(self):
        """[batch * patches, C]"""
        stored = self.read()
        if self.scaling:
            mean, deviation = self.scaling
            widths = [level.shape[1] for level in stored]
            stored = [(x - m) / d for x, m, d in zip(stored, mean.split(widths, 1), deviation.split(widths, 1))]
        grid = stored[0].shape[2:]
        joined = torch.cat([x if x.shape[2:] == grid else functional.interpolate(x, grid, mode="bilinear") for x in stored], 1)
        aligned = self.aligner(joined.permute(0, 2, 3, 1)).flatten(1, 2)
        if self.recipe["patches"] == "all" or self.recipe["patches"] >= aligned.shape[1]:
            return aligned.flatten(0, 1)
        drawn = [image[torch.randperm(len(image))[: self.recipe["patches"]]] for image in aligned]
        return torch.cat(drawn)

    def loss(self, logits):
        """logits [2, rows]: of clean patches and of noised ones."""
        recipe = self.recipe["loss"]
        margin, gamma = recipe["margin"], recipe["gamma"]
        clean, noised = logits
        segmentation = (margin - clean).clamp(min=0).mean() + (noised + margin).clamp(min=0).mean()
        if recipe["focal"] == 0:
            return recipe["truncatedL1"] * segmentation
        clean, noised = (-logits).view(2, self.recipe["batch"], -1).amax(2)
        terms = torch.cat([clean.sigmoid() ** gamma * functional.softplus(clean), (-noised).sigmoid() ** gamma * functional.softplus(-noised)])
        return recipe["truncatedL1"] * segmentation + recipe["focal"] * terms.mean()

    def take(self):
        patches = self.patches()
        noised = patches + self.recipe["noise"]["deviation"] * torch.randn_like(patches)
        logits = self.discriminator(torch.cat([patches, noised])).view(2, -1)
        loss = self.loss(logits)
        self.adam.zero_grad()
        loss.backward()
        self.adam.step()
        margin = self.recipe["loss"]["margin"]
        return loss.item(), (logits[0] > margin).float().mean().item(), (logits[1] < -margin).float().mean().item()


class HybridStep:
    """Of the default recipe: noised rows are told by the truncated L1 term, rows of painted images by cross-entropy."""

    #: Rows that are drawn from.
    POOL = 60_000

    def __init__(self, recipe, components):
        self.recipe = recipe
        self.normal, self.defects, self.beside = (torch.randn(self.POOL, components) for _ in range(3))
        self.discriminator = discriminator([components, *recipe["discriminator"]["hidden"]], outputs=2)
        rates = recipe["optimizer"]
        self.adam = torch.optim.Adam(self.discriminator.parameters(), lr=rates["rate"], weight_decay=rates["weightDecay"], fused=True)

    def take(self):
        rows, margin = self.recipe["patches"], self.recipe["loss"]["margin"]
        draw = lambda pool, count: pool[torch.randint(len(pool), (count,))]
        normal = draw(self.normal, rows)
        noised = normal + self.recipe["noise"]["deviation"] * torch.randn_like(normal)
        logits = self.discriminator(torch.cat([normal, noised, draw(self.defects, rows // 2), draw(self.beside, rows // 2)]))
        clean, told, defects, beside = logits.split([rows, rows, rows // 2, rows // 2])
        segmentation = (margin - clean[:, 0]).clamp(min=0).mean() + (told[:, 0] + margin).clamp(min=0).mean()
        good = functional.softplus(-torch.cat([clean[:, 1], beside[:, 1]])).mean()
        loss = segmentation + good + functional.softplus(defects[:, 1]).mean()
        self.adam.zero_grad()
        loss.backward()
        self.adam.step()
        return loss.item(), (clean[:, 0] > margin).float().mean().item(), (told[:, 0] < -margin).float().mean().item()


torch.set_num_threads(int(sys.argv[1]))
torch.manual_seed(0)
steps = {name: (HybridStep if "components" in given else Step)(**given) for name, given in json.loads(sys.stdin.readline()).items()}
print(json.dumps(torch.__version__), flush=True)
for line in sys.stdin:
    name, count = line.split()
    taken = []
    for _ in range(int(count)):
        start = time.perf_counter()
        steps[name].take()
        taken.append(1000 * (time.perf_counter() - start))
    print(json.dumps(taken), flush=True)
