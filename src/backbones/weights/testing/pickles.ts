/** Pickles by hand, protocol 2, for what no library writes. Every function returns instructions. */
export type Code = Uint8Array;

export function code(...parts: readonly (string | Code)[]): Code {
  return Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part, "latin1") : part)));
}

export function text(value: string): Code {
  const bytes = Buffer.from(value);
  return code("X", uint32(bytes.length), bytes);
}

/** As LONG1, which has room for eight bytes. */
export function integer(value: number | bigint): Code {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64LE(BigInt(value));
  return code("\x8a\x08", bytes);
}

export function tuple(...items: readonly Code[]): Code {
  return code("(", ...items, "t");
}

export function dict(entries: Readonly<Record<string, Code>>): Code {
  return code("}(", ...Object.entries(entries).flatMap(([name, value]) => [text(name), value]), "u");
}

export function global(module: string, name: string): Code {
  return code(`c${module}\n${name}\n`);
}

export function call(callee: Code, ...args: readonly Code[]): Code {
  return code(callee, tuple(...args), "R");
}

export function storage(count: number | bigint, key = "0", type = "FloatStorage"): Code {
  return code(tuple(text("storage"), global("torch", type), text(key), text("cpu"), integer(count)), "Q");
}

export interface TensorParts {
  readonly storage: Code;
  readonly offset?: number;
  readonly shape: readonly number[];
  readonly strides: readonly number[];
}

export function tensor({ storage, offset = 0, shape, strides }: TensorParts): Code {
  const [sizes, steps] = [shape, strides].map((numbers) => tuple(...numbers.map(integer)));
  return call(
    global("torch._utils", "_rebuild_tensor_v2"),
    ...[storage, integer(offset), sizes!, steps!, code("\x89"), call(global("collections", "OrderedDict"))],
  );
}

export function pickle(...parts: readonly (string | Code)[]): Code {
  return code("\x80\x02", ...parts, ".");
}

const MAGIC = code("\x8a\x0a", Buffer.from("6cfc9c46f9206aa85019", "hex"));

/** PyTorch's older container; `storages` is what lies in the file, whatever the object says. */
export function legacyFile(
  object: Code,
  storages: Readonly<Record<string, { count: bigint; bytes: Uint8Array }>> = {},
): Buffer {
  const data = Object.values(storages).flatMap(({ count, bytes }) => {
    const length = Buffer.alloc(8);
    length.writeBigUInt64LE(count);
    return [length, bytes];
  });
  const keys = code("](", ...Object.keys(storages).map(text), "e");
  const machine = dict({ protocol_version: integer(1001), little_endian: code("\x88") });
  const heads = [MAGIC, integer(1001), machine, object, keys].map((part) => pickle(part));
  return Buffer.concat([...heads, ...data]);
}

function uint32(value: number): Code {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
