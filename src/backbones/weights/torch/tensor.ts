import { exactElementCount } from "../../../graph/index.ts";
import { PickleDict, PickleFunction } from "../pickle/values.ts";
import type { Refuse } from "../refuse.ts";
import type { Storage, StoredTensor } from "../stored-tensor.ts";

/** PyTorch has none of more dimensions. */
const MOST_DIMENSIONS = 64;

export class TorchStorage implements Storage {
  readonly type: Storage["type"];
  readonly count: number;
  readonly bytes: () => Uint8Array;

  constructor({ type, count, bytes }: Storage) {
    this.type = type;
    this.count = count;
    this.bytes = bytes;
  }
}

export class TorchTensor implements StoredTensor {
  readonly storage: Storage;
  readonly shape: readonly number[];
  readonly offset: number;
  readonly strides: readonly number[];

  constructor({ storage, shape, offset, strides }: StoredTensor) {
    this.storage = storage;
    this.shape = shape;
    this.offset = offset;
    this.strides = strides;
  }
}

/**
 * torch._utils._rebuild_tensor and _rebuild_tensor_v2: (storage, offset, size, stride, requires gradient, hooks, metadata),
 * of which the first four are there in both.
 */
export function rebuildTensor(refuse: Refuse): PickleFunction {
  return new PickleFunction(([storage, offset, shape, strides, , , metadata]) => {
    const broken = (received: string) => refuse("tensors inside their storages", received);
    if (!(storage instanceof TorchStorage)) throw broken("a tensor without a storage");
    if (!isSize(offset) || !areSizes(shape) || !areSizes(strides) || shape.length !== strides.length) {
      throw broken("a tensor without offset, sizes and strides");
    }
    const marked = metadata instanceof PickleDict && metadata.items.length > 0;
    if (marked) throw refuse("tensors as they are stored", "one that is to be negated or conjugated");
    const count = exactElementCount(shape);
    const last = shape.reduce((place, size, i) => place + (size - 1) * strides[i]!, offset);
    const end = count === 0 ? offset : last + 1;
    // Not true of NaN either.
    if (!(count <= storage.count && end <= storage.count)) {
      throw broken(`${count} elements up to place ${end} in a storage of ${storage.count}`);
    }
    return new TorchTensor({ storage, shape, offset, strides });
  });
}

/** torch._utils._rebuild_parameter: (tensor, requires gradient, hooks). */
export function rebuildParameter(refuse: Refuse): PickleFunction {
  return new PickleFunction(([tensor]) => {
    if (tensor instanceof TorchTensor) return tensor;
    throw refuse("parameters that are tensors", "another parameter");
  });
}

function isSize(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function areSizes(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.length <= MOST_DIMENSIONS && value.every(isSize);
}
