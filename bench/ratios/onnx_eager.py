"""An ONNX graph in PyTorch's eager mode: one call of PyTorch a node, weights as tensors.

Whatever depends on the weights and on the images' size alone is computed once. Results are dropped after their last use, a
Relu works in place where nothing else reads its input, and batch norms are folded already in the graph.
"""

import numpy
import onnx
import torch
from onnx import numpy_helper
from torch.nn import functional


class Unsupported(Exception):
    pass


class EagerGraph:
    def __init__(self, model, outputs, channels_last=False):
        """`model` an onnx.ModelProto, `outputs` the tensors wanted."""
        graph = model.graph
        self.outputs, self.channels_last = outputs, channels_last
        self.opset = next(entry.version for entry in model.opset_import if entry.domain in ("", "ai.onnx"))
        self.constants = {tensor.name: _tensor(tensor) for tensor in graph.initializer}
        self.input = next(value.name for value in graph.input if value.name not in self.constants)
        self.nodes = _needed(graph.node, outputs)
        self.plan = None

    def __call__(self, given):
        if self.plan is None:
            self._prepare(given)
        values = {self.input: given}
        for call, inputs, output, dropped in self.plan:
            values[output] = call(*[values[name] if constant is None else constant for name, constant in inputs])
            for name in dropped:
                del values[name]
        return [values[name] for name in self.outputs]

    def _prepare(self, given):
        known = dict(self.constants)
        live = []
        for node in self.nodes:
            if node.op_type == "Shape" and node.input[0] == self.input:
                attributes = _attributes(node)
                known[node.output[0]] = torch.tensor(list(given.shape)[attributes.get("start", 0) : attributes.get("end")])
            elif all(name == "" or name in known for name in node.input):
                given_ones = [name for name in node.input if name != "" and not _by_attribute(node, name)]
                known[node.output[0]] = self._call(node, known)(*[known[name] for name in given_ones])
            else:
                live.append(node)
        last = {name: at for at, node in enumerate(live) for name in node.input}
        uses = {}
        for node in live:
            for name in node.input:
                uses[name] = uses.get(name, 0) + 1
        kinds = {node.output[0]: node.op_type for node in live}
        self.plan = []
        for at, node in enumerate(live):
            in_place = node.op_type == "Relu" and uses[node.input[0]] == 1 and kinds.get(node.input[0]) in ("Conv", "Add")
            call = functional.relu_ if in_place and node.input[0] not in self.outputs else self._call(node, known)
            if self.channels_last and node.op_type == "Conv":
                known[node.input[1]] = known[node.input[1]].contiguous(memory_format=torch.channels_last)
            inputs = [(name, known.get(name)) for name in node.input if name != "" and not (name in known and _by_attribute(node, name))]
            dropped = [name for name in set(node.input) if last[name] == at and name not in known and name not in self.outputs]
            self.plan.append((call, inputs, node.output[0], [name for name in dropped if name != ""]))

    def _call(self, node, known):
        make = OPERATORS.get(node.op_type)
        if make is None:
            raise Unsupported(f"operator {node.op_type}")
        fixed = [known.get(name) for name in node.input]
        return make(_attributes(node), fixed)


def _tensor(proto):
    return torch.from_numpy(numpy_helper.to_array(proto).copy())


def _needed(nodes, outputs):
    wanted, kept = set(outputs), []
    for node in reversed(nodes):
        if any(name in wanted for name in node.output):
            kept.append(node)
            wanted.update(node.input)
    return kept[::-1]


def _attributes(node):
    return {attribute.name: onnx.helper.get_attribute_value(attribute) for attribute in node.attribute}


def _by_attribute(node, name):
    """Whether PyTorch takes this constant input when the call is made up rather than at each call."""
    return node.op_type in FIXED_INPUTS and name in list(node.input)[1:]


#: Of these, all inputs after the first one.
FIXED_INPUTS = {"Resize", "Slice", "Reshape", "Unsqueeze", "Squeeze", "ReduceMin", "ReduceMax", "ReduceSum", "ReduceMean", "Clip"}


def _numbers(tensor):
    return None if tensor is None else [int(value) for value in tensor.flatten()]


def _conv(attributes, fixed):
    pads = attributes.get("pads", [0, 0, 0, 0])
    strides, dilations = attributes.get("strides", [1, 1]), attributes.get("dilations", [1, 1])
    groups = attributes.get("group", 1)
    if attributes.get("auto_pad", b"NOTSET") not in (b"NOTSET", b"VALID"):
        raise Unsupported("auto_pad")
    even = pads[:2] == pads[2:]

    def call(x, weight, bias=None):
        if not even:
            x = functional.pad(x, (pads[1], pads[3], pads[0], pads[2]))
        return functional.conv2d(x, weight, bias, strides, pads[:2] if even else 0, dilations, groups)

    return call


def _pool(function, fill):
    def make(attributes, fixed):
        pads = attributes.get("pads", [0, 0, 0, 0])
        if pads[:2] != pads[2:] or attributes.get("ceil_mode", 0) or attributes.get("auto_pad", b"NOTSET") != b"NOTSET":
            raise Unsupported("such a pooling")
        rest = {} if fill is None else {fill: bool(attributes.get(fill, 0))}
        size, strides = attributes["kernel_shape"], attributes.get("strides", [1, 1])
        return lambda x: function(x, size, strides, pads[:2], **rest)

    return make


def _resize(attributes, fixed):
    if attributes.get("mode") != b"linear" or attributes.get("coordinate_transformation_mode", b"half_pixel") != b"half_pixel":
        raise Unsupported("such a resize")
    sizes, axes = _numbers(fixed[3] if len(fixed) > 3 else None), attributes.get("axes")
    if sizes is None or (axes is not None and list(axes) != [2, 3]):
        raise Unsupported("such a resize")
    antialias = bool(attributes.get("antialias", 0))
    return lambda x: functional.interpolate(x, sizes[-2:], mode="bilinear", antialias=antialias)


def _slice(attributes, fixed):
    starts, ends, axes, steps = (_numbers(fixed[i] if i < len(fixed) else None) for i in range(1, 5))
    if steps is not None and any(step != 1 for step in steps):
        raise Unsupported("a slice with steps")
    axes = axes or list(range(len(starts)))

    def call(x):
        for axis, start, end in zip(axes, starts, ends):
            size = x.shape[axis]
            start, end = (min(at + size if at < 0 else at, size) for at in (start, end))
            x = x.narrow(axis, start, end - start)
        return x

    return call


def _reshape(attributes, fixed):
    dims = _numbers(fixed[1])
    return lambda x: x.reshape([x.shape[axis] if size == 0 else size for axis, size in enumerate(dims)])


def _unsqueeze(attributes, fixed):
    (axis,) = _numbers(fixed[1])
    return lambda x: x.unsqueeze(axis)


def _squeeze(attributes, fixed):
    axes = tuple(_numbers(fixed[1]))
    return lambda x: x.squeeze(axes)


def _reduce(function):
    def make(attributes, fixed):
        axes = _numbers(fixed[1] if len(fixed) > 1 else None) or attributes.get("axes")
        keep = bool(attributes.get("keepdims", 1))
        if axes is None:
            return lambda x: function(x, tuple(range(x.dim())), keep)
        return lambda x: function(x, tuple(axes), keep)

    return make


def _clip(attributes, fixed):
    low, high = (None if i >= len(fixed) or fixed[i] is None else float(fixed[i]) for i in (1, 2))
    return lambda x: torch.clamp(x, low, high)


def _gemm(attributes, fixed):
    alpha, beta = attributes.get("alpha", 1.0), attributes.get("beta", 1.0)
    across = [attributes.get(name, 0) for name in ("transA", "transB")]

    def call(a, b, c=None):
        a, b = (matrix.T if turned else matrix for matrix, turned in zip((a, b), across))
        return alpha * (a @ b) if c is None else torch.addmm(c, a, b, beta=beta, alpha=alpha)

    return call


def _cast(attributes, fixed):
    to = torch.from_numpy(numpy.zeros(0, onnx.helper.tensor_dtype_to_np_dtype(attributes["to"]))).dtype
    return lambda x: x.to(to)


def _plain(function):
    return lambda attributes, fixed: function


def _several(function):
    def call(first, *others):
        for other in others:
            first = function(first, other)
        return first

    return call


OPERATORS = {
    "Conv": _conv,
    "MaxPool": _pool(functional.max_pool2d, None),
    "AveragePool": _pool(functional.avg_pool2d, "count_include_pad"),
    "Resize": _resize,
    "Slice": _slice,
    "Reshape": _reshape,
    "Unsqueeze": _unsqueeze,
    "Squeeze": _squeeze,
    "Transpose": lambda attributes, fixed: lambda x: x.permute(attributes["perm"]),
    "Concat": lambda attributes, fixed: lambda *parts: torch.cat(parts, attributes["axis"]),
    "ReduceMin": _reduce(torch.amin),
    "ReduceMax": _reduce(torch.amax),
    "ReduceSum": _reduce(torch.sum),
    "ReduceMean": _reduce(torch.mean),
    "Clip": _clip,
    "Gemm": _gemm,
    "Cast": _cast,
    "LeakyRelu": lambda attributes, fixed: lambda x: functional.leaky_relu(x, attributes.get("alpha", 0.01)),
    "Max": _plain(_several(torch.maximum)),
    "Min": _plain(_several(torch.minimum)),
    "Add": _plain(torch.add),
    "Sub": _plain(torch.sub),
    "Mul": _plain(torch.mul),
    "Div": _plain(torch.div),
    "Pow": _plain(torch.pow),
    "MatMul": _plain(torch.matmul),
    "Relu": _plain(torch.relu),
    "Neg": _plain(torch.neg),
    "Sqrt": _plain(torch.sqrt),
    "Exp": _plain(torch.exp),
    "Log": _plain(torch.log),
    "Sigmoid": _plain(torch.sigmoid),
    "Identity": _plain(lambda x: x),
}
