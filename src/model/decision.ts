import { type Onnx, onnx } from "../graph/index.ts";
import type { Thresholds } from "./metadata.ts";
import { ModelWriter } from "./model-writer.ts";

/** What the output `decision` of a full model says. */
export const DECISION = { good: 0, review: 1, defect: 2 } as const;

const PREFIX = "decide";
const OUTPUTS = ["p_value", "decision"];

/** Whether a graph decides by itself. */
export function decides({ graph }: Onnx.IModelProto): boolean {
  return graph!.output!.some(({ name }) => name === "decision");
}

/**
 * The model with the outputs `p_value` (float32) and `decision` (int64, {@link DECISION}), both scalars, beside `anomaly_map` and `score`; they
 * take the place of those that it had. A score of NaN is a defect: no comparison with it holds. Without thresholds it has neither.
 */
export function withDecision(model: Onnx.IModelProto, thresholds: Thresholds | undefined): Onnx.IModelProto {
  const { graph } = model;
  const isOld = ({ name }: { name?: string | null }) => name!.startsWith(`${PREFIX}:`);
  const added = thresholds === undefined ? new ModelWriter(PREFIX) : decide(thresholds);
  const outputs = [scalar("p_value", "FLOAT"), scalar("decision", "INT64")];
  return {
    ...model,
    graph: {
      ...graph,
      node: [...graph!.node!.filter((node) => !isOld(node)), ...added.nodes],
      initializer: [...graph!.initializer!.filter((tensor) => !isOld(tensor)), ...added.constants],
      output: [
        ...graph!.output!.filter(({ name }) => !OUTPUTS.includes(name!)),
        ...(thresholds === undefined ? [] : outputs),
      ],
    },
  };
}

function decide({ scores, image, review = image }: Thresholds): ModelWriter {
  const write = new ModelWriter(PREFIX);
  const asHigh = write.node("GreaterOrEqual", [write.floats(scores), "score"]);
  const count = write.node("ReduceSum", [write.cast(asHigh, "FLOAT")], { keepdims: 0 });
  const one = write.node("Add", [count, write.float(1)]);
  write.node("Div", [one, write.float(scores.length + 1)], {}, "p_value");
  const below = (threshold: number) =>
    write.cast(write.node("Less", ["score", write.float(threshold)]), "INT64");
  const atReview = write.node("Sub", [write.integer(DECISION.defect), below(image)]);
  write.node("Sub", [atReview, below(review)], {}, "decision");
  return write;
}

function scalar(name: string, type: "FLOAT" | "INT64"): Onnx.IValueInfoProto {
  return { name, type: { tensorType: { elemType: onnx.TensorProto.DataType[type], shape: { dim: [] } } } };
}
