"""anomalib's side of anomalib.mjs: SuperSimpleNet with its own model, loss, optimisers and defaults, on a given backbone.

`super-simplenet.py THREADS` reads one line of JSON: the backbone's ONNX file, its taps and its normalisation, the training
images, the labelled test images, the noise's deviation (none for the default) and the seed. Each further line is a number of
seconds: it trains for at least that long, judges the test images, which is not counted, and answers with what it has come to.
"""

import json
import sys
import time

import anomalib
import onnx
import torch
from anomalib.models.image import supersimplenet
from anomalib.models.image.supersimplenet import torch_model
from lightning.pytorch import Trainer
from onnx_eager import EagerGraph
from torchmetrics.functional.classification import binary_auroc
from torchvision.io import ImageReadMode, read_image
from torchvision.transforms.v2 import Resize

#: The defaults of anomalib's configuration.
EPOCHS = 300
BATCH = 32
SIDE = 256
#: Batches are judged so large; it changes no result.
JUDGED = 4


class OnnxFeatures(torch.nn.Module):
    """In place of timm's extractor, which would download weights. Takes RGB from 0 to 1."""

    def __init__(self, backbone, taps, normalisation):
        super().__init__()
        self.graph = lambda: EagerGraph(onnx.load(backbone), taps, channels_last=True)
        self.graphs, self.taps = {}, taps
        self.flip = normalisation["channels"] == "bgr"
        self.scale = 255 * normalisation["scale"]
        self.mean, self.deviation = (torch.tensor(normalisation[name]).view(1, 3, 1, 1) for name in ("mean", "std"))

    def forward(self, images):
        ordered = images.flip(1) if self.flip else images
        pixels = (ordered * self.scale - self.mean) / self.deviation
        if images.shape not in self.graphs:
            self.graphs[images.shape] = self.graph()
        return dict(zip(self.taps, self.graphs[images.shape](pixels.contiguous(memory_format=torch.channels_last))))


class Run:
    def __init__(self, backbone, taps, normalisation, train, test, noise, seed):
        torch.manual_seed(seed)
        extractor = OnnxFeatures(backbone, taps, normalisation)
        torch_model.TimmFeatureExtractor = lambda backbone, layers: extractor
        # The normalisation is the backbone's own, so that of the pre-processor is left out.
        self.module = supersimplenet.Supersimplenet(layers=taps, pre_processor=False, evaluator=False, visualizer=False)
        self.module.trainer = Trainer(max_epochs=EPOCHS, accelerator="cpu", logger=False, enable_checkpointing=False, enable_progress_bar=False)
        if noise is not None:
            self.module.model.anomaly_generator.noise_std = noise
        (self.optimiser,), (self.schedule,) = self.module.configure_optimizers()
        self.train, self.test = train, test
        self.resize = Resize((SIDE, SIDE), antialias=True)
        self.steps, self.epochs, self.seconds, self.order = 0, 0, 0.0, []

    def read(self, paths):
        return torch.stack([self.resize(read_image(path, ImageReadMode.RGB)).float() / 255 for path in paths])

    def step(self):
        model, loss = self.module.model.train(), self.module.loss
        if not self.order:
            self.order = torch.randperm(len(self.train)).tolist()
        chosen, self.order = self.order[:BATCH], self.order[BATCH:]
        images = self.read([self.train[i] for i in chosen])
        labels = torch.zeros(len(images))
        anomaly_map, score, masks, labels = model(images=images, masks=None, labels=labels)
        self.optimiser.zero_grad()
        loss(pred_map=anomaly_map, pred_score=score, target_mask=masks, target_label=labels).backward()
        self.optimiser.step()
        self.steps += 1
        if not self.order:
            self.epochs += 1
            self.schedule.step()

    def train_for(self, seconds):
        start = time.perf_counter()
        while time.perf_counter() - start < seconds:
            self.step()
        self.seconds += time.perf_counter() - start

    @torch.no_grad()
    def judge(self):
        model = self.module.model.eval()
        paths, labels = zip(*self.test)
        scores = [model(self.read(paths[at : at + JUDGED])).pred_score for at in range(0, len(paths), JUDGED)]
        return float(binary_auroc(torch.cat(scores).flatten(), torch.tensor(labels)))


torch.set_num_threads(int(sys.argv[1]))
run = Run(**json.loads(sys.stdin.readline()))
print(json.dumps({"PyTorch": torch.__version__, "anomalib": anomalib.__version__}), flush=True)
for line in sys.stdin:
    run.train_for(float(line))
    auroc = run.judge()
    print(json.dumps({"seconds": run.seconds, "steps": run.steps, "epochs": run.epochs, "auroc": auroc}), flush=True)
