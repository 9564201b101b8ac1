import { Random } from "../../random.ts";
import {
  encodeModel,
  float32,
  Graph,
  gradients,
  mul,
  nodeRuntime,
  reduceSum,
  type Session,
  type Tensor,
  type Value,
} from "../index.ts";

/** One operator, or a whole network, at one point. */
export interface GradientCase {
  readonly name: string;
  /** The point: float32 tensors, all of them differentiated. */
  readonly inputs: Readonly<Record<string, Tensor>>;
  readonly operation: (inputs: Record<string, Value>, graph: Graph) => Value;
  /** What the operation should give at the point, from plain arithmetic; not checked if left out. */
  readonly forward?: ArrayLike<number>;
  /** Allowed error of the derivative relative to the sum of its terms' sizes; 3e-4 if left out. */
  readonly tolerance?: number;
}

/** The largest change of an input element on the way to a derivative is twice this: stay further away from kinks. */
export const STEP = 0.02;
const TOLERANCE = 3e-4;
/** A float32 result is off by a few units in its last place, whatever is differentiated. */
const ROUNDING = 4e-7;

/**
 * Throws unless the gradients that {@link gradients} builds agree with central differences.
 *
 * With fixed random weights w and loss L(x) = sum(w * operation(x)), the change L(x + d) - L(x - d) along a random
 * direction is compared with 2 <gradient, d>, for every input by itself. Float32 leaves few digits to a difference,
 * so the sums are taken in double precision outside of the graph, d is what is left after x ± d are rounded, and
 * differences at two step sizes are combined (Richardson) so that steps may be large. The tolerance is relative to
 * the sum of the absolute terms, because a sum near zero by cancellation has no relative accuracy.
 *
 * All cases share one graph and one session.
 */
export async function checkGradient(cases: readonly GradientCase[]): Promise<void> {
  const graph = new Graph();
  const prepared = cases.map((one, i) => prepare(graph, one, `case${i}`));
  const session = await nodeRuntime({ threads: 1 }).open(encodeModel(graph));
  try {
    const start = Object.assign({}, ...prepared.map(({ feeds }) => feeds)) as Record<string, Tensor>;
    const here = await session.run(start);
    const failures: string[] = [];
    for (const one of prepared) {
      failures.push(...compareForward(one, here[`${one.prefix}.y`]!));
      for (const input of Object.keys(one.inputs)) {
        const gradient = here[`${one.prefix}.d.${input}`]!;
        failures.push(...(await compareDerivative(session, start, one, input, gradient)));
      }
    }
    if (failures.length > 0) throw new Error(failures.join("\n"));
  } finally {
    await session.close();
  }
}

interface Prepared extends GradientCase {
  readonly prefix: string;
  readonly feeds: Readonly<Record<string, Tensor>>;
  readonly weights: Float32Array;
}

function prepare(graph: Graph, one: GradientCase, prefix: string): Prepared {
  const feeds: Record<string, Tensor> = {};
  const inputs: Record<string, Value> = {};
  for (const [name, tensor] of Object.entries(one.inputs)) {
    inputs[name] = graph.input(`${prefix}.${name}`, "float32", tensor.dims);
    feeds[`${prefix}.${name}`] = tensor;
  }
  const y = one.operation(inputs, graph);
  const dims = y.shape as readonly number[];
  const count = dims.reduce((product, dim) => product * dim, 1);
  const weights = new Random(1, "weights", prefix).fillNormal(new Float32Array(count));
  const loss = reduceSum(mul(y, graph.constant(float32(weights, dims))), undefined, false);
  graph.output(`${prefix}.y`, y);
  const names = Object.keys(inputs);
  gradients(loss, Object.values(inputs)).forEach((gradient, i) => {
    graph.output(`${prefix}.d.${names[i]}`, gradient);
  });
  return { ...one, prefix, feeds, weights };
}

function compareForward({ name, forward }: GradientCase, y: Tensor): string[] {
  if (forward === undefined) return [];
  if (forward.length !== y.data.length) return [`${name}: ${y.data.length} values, not ${forward.length}`];
  const allowed = 4e-6 * Math.max(...Array.from(forward, Math.abs), 1);
  return Array.from(forward).flatMap((expected, i) => {
    const value = y.data[i] as number;
    return Math.abs(value - expected) <= allowed ? [] : [`${name}: value ${i} is ${value}, not ${expected}`];
  });
}

async function compareDerivative(
  session: Session,
  start: Readonly<Record<string, Tensor>>,
  one: Prepared,
  input: string,
  gradient: Tensor,
): Promise<string[]> {
  const key = `${one.prefix}.${input}`;
  const point = start[key]!.data as Float32Array;
  const subject = `${one.name}, d ${input}`;
  if (gradient.data.length !== point.length || gradient.dims.join() !== start[key]!.dims.join()) {
    return [`${subject}: the gradient has the shape [${gradient.dims}], not [${start[key]!.dims}]`];
  }
  const random = new Random(1, "direction", key);
  const direction = Float32Array.from(
    point,
    () => random.uniform(0.5, 1) * (random.uniform() < 0.5 ? -1 : 1),
  );
  const at = async (step: number) => {
    const moved = point.map((x, i) => x + step * direction[i]!);
    const feeds = { ...start, [key]: { ...start[key]!, data: moved } };
    const name = `${one.prefix}.y`;
    const y = (await session.run(feeds, [name]))[name]!.data as Float32Array;
    return { moved, y };
  };

  /** Numeric minus predicted change over the step, and the size of the terms on either side. */
  const change = async (step: number) => {
    const [ahead, behind] = [await at(step), await at(-step)];
    let [numeric, predicted, numericSize, predictedSize, noise] = [0, 0, 0, 0, 0];
    one.weights.forEach((weight, i) => {
      const term = weight * (ahead.y[i]! - behind.y[i]!);
      numeric += term;
      numericSize += Math.abs(term);
      noise += Math.abs(weight * ahead.y[i]!) * ROUNDING;
    });
    point.forEach((_, j) => {
      const term = (gradient.data[j] as number) * (ahead.moved[j]! - behind.moved[j]!);
      predicted += term;
      predictedSize += Math.abs(term);
    });
    return { numeric, predicted, size: Math.max(numericSize, predictedSize), noise };
  };
  const [near, far] = [await change(STEP), await change(2 * STEP)];
  const error = (8 * (near.numeric - near.predicted) - (far.numeric - far.predicted)) / 6;
  const allowed = (one.tolerance ?? TOLERANCE) * near.size + 3 * near.noise;
  if (Math.abs(error) <= allowed) return [];
  return [
    `${subject}: a step changes the loss by ${near.numeric}, but the gradient predicts ${near.predicted} ` +
      `(off by ${error}, allowed ${allowed})`,
  ];
}
