"""Small files of weights for the tests, written by the libraries that people use, with the values that they hold.

    pip install torch==2.14.1 safetensors==0.8.0 numpy && python scripts/golden/make-weight-files.py

They go to src/backbones/weights/testing/files: what can be read, by format and element type; what has to be refused, under
refused-*. files.golden.json says for each readable file what its tensors are: shape, and values as float32 in base64. One of
the refused files names os.system: load none of them with anything that trusts pickles.
"""

import base64
import collections
import json
import os
import pathlib
import pickle
import shutil
import zipfile

import numpy
import torch
from safetensors.torch import save_file
from torch import nn

SEED = 20261125
FOLDER = pathlib.Path(__file__).parents[2] / "src/backbones/weights/testing/files"
FLOATS = (torch.float32, torch.float16, torch.bfloat16, torch.float64)

# The old container holds each module's source and the path of its file on the machine that wrote it: not this one's.
torch.serialization.get_source_lines_and_file = lambda module: (["class Linear: ...\n"], 0, "linear.py")

torch.manual_seed(SEED)
shutil.rmtree(FOLDER, ignore_errors=True)
FOLDER.mkdir(parents=True)
golden = {}


def network():
    net = nn.Sequential(
        collections.OrderedDict(
            conv=nn.Conv2d(2, 3, 3), norm=nn.BatchNorm2d(3), classifier=nn.Sequential(nn.Flatten(), nn.Linear(3, 4))
        )
    )
    for value in net.state_dict().values():
        if value.is_floating_point():
            value.copy_(torch.randn(value.shape))
    return net


def expect(file, tensors):
    golden[file] = {
        name: {
            "shape": list(tensor.shape),
            "values": base64.b64encode(tensor.detach().to(torch.float32).contiguous().numpy().tobytes()).decode(),
        }
        for name, tensor in tensors.items()
        if tensor.is_floating_point()
    }


def save(file, content, tensors=None, legacy=False, **how):
    torch.save(content, FOLDER / file, _use_new_zipfile_serialization=not legacy, **how)
    if tensors is not None:
        expect(file, tensors)


def type_name(dtype):
    return str(dtype).removeprefix("torch.")


net = network()
for dtype in FLOATS:
    state = net.to(dtype).state_dict()
    save(f"zip-{type_name(dtype)}.pth", state, state)
    save(f"legacy-{type_name(dtype)}.pth", state, state, legacy=True)
    save_file(state, FOLDER / f"{type_name(dtype)}.safetensors", metadata={"format": "pt"})
    expect(f"{type_name(dtype)}.safetensors", state)
net = network()
state = net.state_dict()

base = torch.randn(4, 6)
views = {
    "base": base,
    "transposed": base.T,
    "columns": base[:, 1:5:2],
    "row": base[2],
    "scalar": base[3, 5],
    "expanded": base[1].expand(2, 6),
    "nothing": base[:0],
    "channels_last": torch.randn(2, 3, 2, 2).to(memory_format=torch.channels_last),
    "half": torch.randn(3, 5).half().T,
    "smallest_half": torch.tensor([2**-24, -(2**-24), 65504, -0.0, 2**-14]).half(),
    "smallest_bfloat16": torch.tensor([1e-40, 3e38, -0.0]).bfloat16(),
}
save("zip-views.pth", views, views)
save("legacy-views.pth", views, views, legacy=True)

optimiser = torch.optim.Adam(net.parameters())
net(torch.randn(2, 2, 3, 3)).sum().backward()
optimiser.step()
state = net.state_dict()
checkpoint = {
    "epoch": 3,
    "best": 0.25,
    "seed": 2**80 + 1,
    "classes": ["good", "bad", None],
    "betas": (0.9, 0.999),
    "log": "a line\n" * 700,
    "optimizer": optimiser.state_dict(),
    "state_dict": {f"module.{name}": value for name, value in state.items()},
}
checkpoint["itself"] = checkpoint
save("zip-checkpoint.pth", checkpoint, state)
save("legacy-checkpoint.pth", checkpoint, state, legacy=True)
for protocol in (3, 4, 5):
    # Protocols before do not write bytes and sets as such, but as calls.
    checkpoint |= {3: {"raw": b"\x00\xff" * 200}, 4: {"tags": {"a", "b"}, "frozen": frozenset("c")}}.get(protocol, {})
    save(f"zip-checkpoint-protocol{protocol}.pth", checkpoint, state, pickle_protocol=protocol)
save("legacy-checkpoint-protocol5.pth", checkpoint, state, legacy=True, pickle_protocol=5)
student = {name: torch.zeros(()) for name in state}
parameters = {f"backbone.{name}": nn.Parameter(value, requires_grad=False) for name, value in state.items()}
save("zip-teacher.pth", {"student": student, "teacher": parameters}, state)
torch.serialization.set_crc32_options(False)
save("zip-without-checksums.pth", state, state)
torch.serialization.set_crc32_options(True)


def rewrite(source, file, change=lambda name, data: data, **how):
    with zipfile.ZipFile(FOLDER / source) as old, zipfile.ZipFile(FOLDER / file, "w", **how) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name), change(name, old.read(name)), how.get("compression"))


class Command:
    def __reduce__(self):
        return os.system, ("echo this must never run",)


save("refused-module.pth", net)
save("refused-module-legacy.pth", nn.Linear(2, 2), legacy=True)
save("refused-command.pth", {"weight": torch.ones(2), "extra": Command()})
save("refused-command-legacy.pth", Command(), legacy=True)
save("refused-list.pth", [torch.ones(2)])
save("refused-no-tensors.pth", {"epoch": 3, "state": {"weight": 1.5}})
save("refused-uint16.pth", {"weight": torch.ones(2, dtype=torch.uint16)})
save("refused-conjugate.pth", {"weight": torch.ones(2, dtype=torch.complex64).conj()})
save("not-finite.pth", {"good": torch.ones(2), "bad": torch.tensor([[1.0, float("nan")]]), "count": torch.ones(2).long()})
torch.jit.save(torch.jit.script(nn.Linear(2, 2)), FOLDER / "refused-script.pth")
rewrite("zip-float32.pth", "refused-packed.pth", compression=zipfile.ZIP_DEFLATED)
rewrite(
    "zip-float32.pth",
    "refused-big-endian.pth",
    lambda name, data: b"big" if name.endswith("byteorder") else data,
    compression=zipfile.ZIP_STORED,
)
with open(FOLDER / "refused-plain.pkl", "wb") as file:
    pickle.dump(state, file, protocol=2)
numpy.savez(FOLDER / "refused-arrays.npz", weight=numpy.ones(2, numpy.float32))

how = f"scripts/golden/make-weight-files.py with PyTorch {torch.__version__.split('+')[0]}, seed {SEED}"
(FOLDER / "../files.golden.json").write_text(json.dumps({"how": how, "files": golden}, indent=1) + "\n")
print(len(list(FOLDER.iterdir())), "files,", sum(path.stat().st_size for path in FOLDER.iterdir()), "bytes")
