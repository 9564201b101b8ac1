import { expect, test } from "vitest";
import { weightsOfBytes } from "../read-weights.ts";
import {
  type Code,
  call,
  code,
  dict,
  global,
  integer,
  legacyFile,
  storage,
  type TensorParts,
  tensor,
  text,
  tuple,
} from "../testing/pickles.ts";

const six = { "0": { count: 6n, bytes: new Uint8Array(Float32Array.of(0, 1, 2, 3, 4, 5).buffer) } };
const open = (object: Code, storages: Parameters<typeof legacyFile>[1] = six) =>
  weightsOfBytes(legacyFile(object, storages), "weights.pth");
const one = (parts: Partial<TensorParts> = {}) =>
  dict({ weight: tensor({ storage: storage(6), shape: [2, 3], strides: [3, 1], ...parts }) });

test("the files made here are read where nothing is wrong with them", async () => {
  const weights = await open(one());
  expect(weights.names).toEqual(["weight"]);
  expect([...weights.tensor("weight", [2, 3])]).toEqual([0, 1, 2, 3, 4, 5]);
});

test("strides and offsets lead to any elements of the storage", async () => {
  const weights = await open(one({ shape: [3, 2], strides: [1, 3] }));
  expect([...weights.tensor("weight", [3, 2])]).toEqual([0, 3, 1, 4, 2, 5]);
  const part = await open(one({ offset: 1, shape: [2, 1, 2], strides: [3, 99, 1] }));
  expect([...part.tensor("weight", [2, 1, 2])]).toEqual([1, 2, 4, 5]);
});

const INSIDE = "tensors inside their storages";
test.each<[string, Partial<TensorParts>, string]>([
  ["more elements than the storage has", { shape: [1000, 1000], strides: [0, 0] }, INSIDE],
  ["a number of elements that overflows", { shape: [2 ** 50, 2 ** 50], strides: [0, 0] }, INSIDE],
  [
    "a number of elements that overflows to none",
    { shape: [2 ** 50, 2 ** 50, 0], strides: [0, 0, 0] },
    INSIDE,
  ],
  ["a stride that leads out", { strides: [4, 1] }, INSIDE],
  ["a stride beyond exact numbers", { strides: [2 ** 53 - 1, 1] }, INSIDE],
  ["an offset that leads out", { offset: 1 }, INSIDE],
  ["an offset beyond the end of nothing", { offset: 7, shape: [0], strides: [1] }, INSIDE],
  ["a negative offset", { offset: -1 }, INSIDE],
  ["a negative stride", { strides: [-3, 1] }, INSIDE],
  ["a negative size", { shape: [-2, 3] }, INSIDE],
  ["strides for other dimensions", { strides: [3] }, INSIDE],
  ["too many dimensions", { shape: Array(65).fill(1), strides: Array(65).fill(1) }, INSIDE],
  ["no storage", { storage: integer(6) }, INSIDE],
  ["a storage of another size than the file says", { storage: storage(7) }, "7 elements in storage"],
  [
    "a storage that the file does not have",
    { storage: storage(6, "1") },
    "storages that the object refers to",
  ],
  ["a storage of a negative size", { storage: storage(-1) }, "storages with a size"],
  ["a storage of no known type", { storage: storage(6, "0", "QInt8Storage") }, '"torch.QInt8Storage"'],
])("a tensor with %s", async (_name, parts, message) => {
  await refused(one(parts), message);
});

test("one list cannot be made into OrderedDicts without end", async () => {
  const pairs = code("](", ...Array<Code>(1000).fill(tuple(integer(0), integer(0))), "eq\x01");
  const copies = code(pairs, "0", ...Array<string>(1000).fill("ccollections\nOrderedDict\nh\x01\x85R0"));
  await refused(code(copies, "N"), "more than 500000 pairs");
});

test.each<[string, Code, string]>([
  ["a function of its own choice", call(global("os", "system"), text("true")), '"os.system"'],
  ["a name with control characters", global("\u001b[31m", "x"), '"\\u001b[31m.x"'],
  ["a name that every object has", global("constructor", "name"), '"constructor.name"'],
  ["a name without an end", code(`c${"a".repeat(300)}`), "a line of at most 256 bytes"],
  ["a name made of a number", code(text("os"), integer(1), "\x93"), "a name that is no text"],
  ["a call of a storage type", call(global("torch", "FloatStorage"), integer(9)), "no function"],
  ["a call without a tuple", code(global("collections", "OrderedDict"), "]R"), "no function"],
  [
    "an OrderedDict of numbers",
    call(global("collections", "OrderedDict"), integer(9)),
    "an OrderedDict of pairs",
  ],
  ["attributes for a list", code("]}b"), "attributes for what has none"],
  ["an object of a class", code(global("collections", "OrderedDict"), ")\x81"), "instruction 0x81"],
  [
    "a reference that is no storage",
    code(tuple(text("module"), text("a.py")), "Q"),
    "references to storages only",
  ],
  ["one storage in two types", tuple(storage(6), storage(6, "0", "IntStorage")), "two about storage"],
  ["a part of a storage", view(), "a part of one"],
  ["something remembered that is not there", code("h\x05"), "a reference to 5"],
  ["a mark that is not there", code("t"), "without the values"],
  ["values that are not there", code("\x87"), "without the values"],
  ["items for a tuple", code(")", integer(1), "a"), "items for what is no list"],
  ["a key without a value", code("}(", integer(1), "u"), "entries for what is no dict"],
  ["a gigantic integer", code("\x8b\xff\xff\xff\x7f"), "early"],
  ["a long integer", code("\x8b\x00\x02\x00\x00", "x".repeat(512)), "an integer of 512 bytes"],
  ["a text beyond the end", code("X\xff\xff\xff\xff"), "early"],
  ["a text of 64 bits' length", code(`\x8d${"\xff".repeat(8)}`), "early"],
  ["endless instructions", code("N0".repeat(300_000)), "more than 500000 instructions"],
  ["deep nesting", code("]".padEnd(200_000, "\x85")), "a list"],
])("a pickle with %s", async (_name, object, message) => {
  await refused(object, message);
});

test("a file that ends anywhere is refused", async () => {
  const whole = legacyFile(one(), six);
  for (let length = 1; length < whole.length; length++) {
    await expect(weightsOfBytes(whole.subarray(0, length), "weights.pth")).rejects.toMatchObject({
      code: "RSAD_BACKBONE_INVALID",
    });
  }
});

test("a dict that contains itself, names that every object has, integers of any size", async () => {
  const weight = tensor({ storage: storage(6), shape: [6], strides: [1] });
  const entries = dict({ constructor: weight, ["__proto__"]: weight });
  const itself = code("}q\x01", text("state_dict"), entries, "s", text("itself"), "h\x01s");
  const long = code(text("seed"), `\x8a\xff${"\xab".repeat(255)}`, "s");
  const weights = await open(code(itself, long));
  expect(weights.names).toEqual(["constructor", "__proto__"]);
  expect(weights.shape("__proto__")).toEqual([6]);
  expect(weights.shape("toString")).toBeUndefined();
});

test("Python 2's texts, its OrderedDict of pairs, and the tensors of that time", async () => {
  const old = (name: string) => code("U", String.fromCharCode(name.length), name);
  const weight = call(
    global("torch._utils", "_rebuild_tensor"),
    ...[storage(6), integer(0), tuple(integer(6)), tuple(integer(1))],
  );
  const pair = code("](", old("weight"), weight, "e");
  const weights = await open(call(global("collections", "OrderedDict"), code("](", pair, "e")));
  expect(weights.shape("weight")).toEqual([6]);
});

function view(): Code {
  const part = tuple(text("1"), integer(0), integer(6));
  const type = global("torch", "FloatStorage");
  return code(tuple(text("storage"), type, text("0"), text("cpu"), integer(6), part), "Q");
}

async function refused(object: Code, message: string): Promise<void> {
  const failure = await open(object).catch((error: unknown) => error);
  expect(failure).toMatchObject({ code: "RSAD_BACKBONE_INVALID", subject: "weights.pth" });
  expect(failure).toHaveProperty("message", expect.stringContaining(message));
}
