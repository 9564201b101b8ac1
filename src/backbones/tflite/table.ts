import type { ByteBuffer } from "flatbuffers";
import { RsadError } from "../../errors.ts";

/**
 * One flatbuffers table, its fields read by their id in the schema, every access checked against the end of the file:
 * the library itself reads past the end without complaint.
 *
 * Layout: a table starts with the distance back to its vtable; the vtable holds its own size, the table's size and then
 * one 16-bit offset per field, 0 for a field that is left out (https://flatbuffers.dev/internals/).
 */
export class Table {
  readonly #buffer: ByteBuffer;
  readonly #position: number;

  constructor(buffer: ByteBuffer, position: number) {
    this.#buffer = buffer;
    this.#position = position;
    this.#check(position, 4);
    this.#check(position - buffer.readInt32(position), 4);
  }

  static root(buffer: ByteBuffer): Table {
    if (buffer.capacity() < 8) throw damaged("at least 8 bytes", buffer.capacity());
    return new Table(buffer, buffer.readInt32(0));
  }

  uint8(id: number, missing = 0): number {
    const at = this.#field(id, 1);
    return at === undefined ? missing : this.#buffer.readUint8(at);
  }

  int32(id: number, missing = 0): number {
    const at = this.#field(id, 4);
    return at === undefined ? missing : this.#buffer.readInt32(at);
  }

  table(id: number): Table | undefined {
    const at = this.#field(id, 4);
    return at === undefined ? undefined : new Table(this.#buffer, this.#buffer.__indirect(at));
  }

  tables(id: number): Table[] {
    const { start, length } = this.#vector(id, 4);
    return Array.from({ length }, (_, i) => new Table(this.#buffer, this.#buffer.__indirect(start + 4 * i)));
  }

  int32s(id: number): number[] {
    const { start, length } = this.#vector(id, 4);
    return Array.from({ length }, (_, i) => this.#buffer.readInt32(start + 4 * i));
  }

  /** A view into the file, undefined where the vector is left out or empty. */
  bytes(id: number): Uint8Array | undefined {
    const { start, length } = this.#vector(id, 1);
    return length === 0 ? undefined : this.#buffer.bytes().subarray(start, start + length);
  }

  string(id: number): string {
    return new TextDecoder().decode(this.bytes(id));
  }

  #vector(id: number, width: number): { start: number; length: number } {
    const at = this.#field(id, 4);
    if (at === undefined) return { start: 0, length: 0 };
    this.#check(this.#buffer.__indirect(at), 4);
    const start = this.#buffer.__vector(at);
    const length = this.#buffer.__vector_len(at);
    if (length < 0) throw damaged("a vector's length", length);
    this.#check(start, length * width);
    return { start, length };
  }

  #field(id: number, width: number): number | undefined {
    const offset = this.#buffer.__offset(this.#position, 4 + 2 * id);
    if (offset === 0) return undefined;
    this.#check(this.#position + offset, width);
    return this.#position + offset;
  }

  #check(start: number, length: number): void {
    if (start < 0 || start + length > this.#buffer.capacity()) {
      throw damaged(`an offset within ${this.#buffer.capacity()} bytes`, start + length);
    }
  }
}

function damaged(expected: string, received: number): RsadError {
  return new RsadError("RSAD_BACKBONE_INVALID", {
    subject: "a table of the TFLite file",
    expected,
    received,
    hint: "The file is damaged; install the package that holds it again.",
  });
}
