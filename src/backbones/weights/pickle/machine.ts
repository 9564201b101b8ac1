import type { Refuse } from "../refuse.ts";
import type { Cursor } from "./cursor.ts";
import { Stack } from "./stack.ts";
import { PickleDict, PickleFunction, PickleList, type PickleWorld, UNREAD } from "./values.ts";

/** Longer ones, a log perhaps, are no names. */
const LONGEST_TEXT = 2 ** 12;
const LONGEST_INTEGER = 255;
const LONGEST_GLOBAL = 256;
const UTF8 = new TextDecoder("utf-8", { ignoreBOM: true });

/** The state of a pickle's reading, and what instructions do to it. */
export class Machine {
  readonly cursor: Cursor;
  readonly stack: Stack;
  readonly #memo = new Map<number, unknown>();
  readonly #world: PickleWorld;
  readonly #refuse: Refuse;

  constructor(cursor: Cursor, world: PickleWorld, refuse: Refuse) {
    this.cursor = cursor;
    this.stack = new Stack(refuse);
    this.#world = world;
    this.#refuse = refuse;
  }

  broken(received: string): Error {
    return this.#refuse("an intact pickle", received);
  }

  text(length: number): void {
    const bytes = this.cursor.take(length);
    this.stack.push(length > LONGEST_TEXT ? UNREAD : UTF8.decode(bytes));
  }

  bytes(length: number): void {
    this.cursor.take(length);
    this.stack.push(UNREAD);
  }

  integer(length: number): void {
    const bytes = this.cursor.take(length);
    if (length > LONGEST_INTEGER) throw this.broken(`an integer of ${length} bytes`);
    const digits = Buffer.from(bytes).reverse().toString("hex");
    const value = BigInt.asIntN(length * 8, BigInt(`0x0${digits}`));
    this.stack.push(Number.isSafeInteger(Number(value)) ? Number(value) : value);
  }

  remember(place = this.#memo.size): void {
    this.#memo.set(place, this.stack.top());
  }

  recall(place: number): void {
    if (!this.#memo.has(place)) throw this.broken(`a reference to ${place}, which is not there`);
    this.stack.push(this.#memo.get(place));
  }

  list(items: readonly unknown[]): void {
    this.stack.push(new PickleList());
    this.addItems(items);
  }

  dict(): void {
    this.stack.push(new PickleDict());
  }

  addItems(items: readonly unknown[]): void {
    const list = this.stack.top();
    if (!(list instanceof PickleList)) throw this.broken("items for what is no list");
    for (const item of items) list.items.push(item);
  }

  setItems(items: readonly unknown[]): void {
    const dict = this.stack.top();
    if (!(dict instanceof PickleDict) || items.length % 2 !== 0) {
      throw this.broken("entries for what is no dict");
    }
    for (const item of items) dict.items.push(item);
  }

  /** A name in two lines of text. */
  globalInText(): void {
    this.#find(this.cursor.line(LONGEST_GLOBAL), this.cursor.line(LONGEST_GLOBAL));
  }

  globalOnStack(): void {
    const [module, name] = this.stack.popMany(2);
    if (typeof module !== "string" || typeof name !== "string") throw this.broken("a name that is no text");
    this.#find(module, name);
  }

  #find(module: string, name: string): void {
    this.stack.push(this.#world.find(module, name));
  }

  reference(): void {
    this.stack.push(this.#world.load(this.stack.pop()));
  }

  call(): void {
    const [callee, args] = this.stack.popMany(2);
    if (!(callee instanceof PickleFunction) || !Array.isArray(args)) {
      throw this.broken("a call of what is no function");
    }
    this.stack.push(callee.call(args));
  }

  /** Python sets attributes here. A state dict has one, the versions of its modules, which nothing needs. */
  build(): void {
    this.stack.pop();
    if (!(this.stack.top() instanceof PickleDict)) throw this.broken("attributes for what has none");
  }
}
