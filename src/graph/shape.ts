import { RsadError } from "../errors.ts";
import type { DataType, Dimension, Shape } from "./tensor.ts";

export function invalid(subject: string, expected: string, received: unknown): RsadError {
  return new RsadError("RSAD_GRAPH_INVALID", {
    subject,
    expected,
    received,
    hint: "This is a fault in how the graph was built, not in your data; please report it with the command you ran.",
  });
}

/** The static dimensions of a value; throws RSAD_GRAPH_INVALID where one is symbolic. */
export function staticShape(value: { readonly shape: Shape }, subject: string): number[] {
  return value.shape.map((dim) => {
    if (typeof dim === "string") throw invalid(subject, "static dimensions", value.shape);
    return dim;
  });
}

/** Throws RSAD_GRAPH_INVALID unless all values have one element type; ONNX converts nothing by itself. */
export function sameType(values: readonly { readonly dtype: DataType }[], subject: string): void {
  if (values.some((value) => value.dtype !== values[0]!.dtype)) {
    throw invalid(
      `inputs of ${subject}`,
      "one element type",
      values.map((value) => value.dtype),
    );
  }
}

export function normalizeAxis(axis: number, rank: number, subject: string): number {
  const normalized = axis < 0 ? axis + rank : axis;
  if (!Number.isInteger(axis) || normalized < 0 || normalized >= rank) {
    throw invalid(`axis of ${subject}`, `an axis of a rank-${rank} tensor`, axis);
  }
  return normalized;
}

/** NumPy's broadcasting rule; a symbolic dimension meets only itself or 1. */
export function broadcastShapes(a: Shape, b: Shape, subject: string): Shape {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, i): Dimension => {
    const left = a[i - rank + a.length] ?? 1;
    const right = b[i - rank + b.length] ?? 1;
    if (left === right || right === 1) return left;
    if (left === 1) return right;
    throw invalid(`shapes of ${subject}`, "shapes that broadcast", [a, b]);
  });
}

export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((dim, i) => dim === b[i]);
}
