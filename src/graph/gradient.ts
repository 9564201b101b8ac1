import type { GraphNode, Value } from "./graph.ts";
import { add } from "./ops/arithmetic.ts";
import { invalid } from "./shape.ts";

/**
 * Reverse-mode differentiation from graph to graph: appends the nodes that compute d`loss`/d`parameter` for each of
 * `parameters` and returns those gradients, in the same order and of the parameters' shapes.
 *
 * `loss` is a float32 scalar. Only nodes on a path from a parameter to the loss are visited. Throws RSAD_GRAPH_INVALID
 * where such a path meets an operator without a gradient, or where a parameter does not reach the loss.
 */
export function gradients(loss: Value, parameters: readonly Value[]): Value[] {
  if (loss.rank !== 0 || loss.dtype !== "float32") {
    throw invalid("the loss", "a float32 scalar", `${loss.dtype}[${loss.shape}]`);
  }
  const graph = loss.graph;
  const forward = [...graph.nodes];
  const depends = new Set<Value>(parameters);
  for (const node of forward) {
    if (targets(node).some((input) => input !== undefined && depends.has(input))) {
      for (const result of node.results) depends.add(result);
    }
  }

  const gradientOf = new Map<Value, Value>([[loss, graph.scalar(1)]]);
  for (const node of forward.reverse()) {
    const arriving = node.results.map((result) => gradientOf.get(result));
    if (arriving.every((gradient) => gradient === undefined)) continue;
    if (!targets(node).some((input) => input !== undefined && depends.has(input))) continue;
    propagate(node, arriving, depends, gradientOf);
  }

  return parameters.map((parameter) => {
    const gradient = gradientOf.get(parameter);
    if (gradient === undefined) throw invalid(`gradient of ${parameter.name}`, "a path to the loss", "none");
    return gradient;
  });
}

function propagate(
  node: GraphNode,
  arriving: readonly (Value | undefined)[],
  depends: ReadonlySet<Value>,
  gradientOf: Map<Value, Value>,
): void {
  if (node.gradient === undefined) {
    throw invalid(`gradient of ${node.operator}`, "an operator that can be differentiated", node.operator);
  }
  const flowing = node.gradient(arriving, node.results);
  targets(node).forEach((input, i) => {
    const gradient = flowing[i];
    if (input === undefined || gradient === undefined || !depends.has(input)) return;
    const known = gradientOf.get(input);
    gradientOf.set(input, known === undefined ? gradient : add(known, gradient));
  });
}

/** What a node's gradient answers for. */
function targets(node: GraphNode): readonly (Value | undefined)[] {
  return node.gradientInputs ?? node.inputs;
}

/**
 * `y` with a gradient written by hand in place of the one that follows from its nodes: `gradient` maps d loss/d y to the
 * gradients of `inputs`. For expressions whose derivative is far simpler as a whole.
 */
export function withGradient(
  y: Value,
  inputs: readonly Value[],
  gradient: (dy: Value) => readonly (Value | undefined)[],
): Value {
  return y.graph.apply({
    operator: "Identity",
    inputs: [y],
    output: { dtype: y.dtype, shape: y.shape },
    gradientInputs: inputs,
    gradient: ([dy]) => gradient(dy!),
  });
}
