import type { Machine } from "./machine.ts";

type Instruction = (machine: Machine) => void;

const readString1: Instruction = (m) => m.text(m.cursor.uint8());
const readString4: Instruction = (m) => m.text(m.cursor.uint32());
const readBytes8: Instruction = (m) => m.bytes(m.cursor.uint64());
const append: Instruction = (m) => m.addItems(m.stack.popMark());

/**
 * The instructions of pickle protocols 2 to 5 that data consist of (https://docs.python.org/3/library/pickletools.html), by
 * their codes. STOP is apart. Those that make objects of classes are left out, and so is what only protocols 0 and 1 write.
 */
export const INSTRUCTIONS: ReadonlyMap<number, Instruction> = new Map([
  // PROTO and FRAME, which only say what comes.
  [0x80, (m) => void m.cursor.uint8()],
  [0x95, (m) => void m.cursor.uint64()],

  // NONE, NEWTRUE, NEWFALSE, BININT, BININT1, BININT2, LONG1, LONG4, BINFLOAT
  [0x4e, (m) => m.stack.push(null)],
  [0x88, (m) => m.stack.push(true)],
  [0x89, (m) => m.stack.push(false)],
  [0x4a, (m) => m.stack.push(m.cursor.int32())],
  [0x4b, (m) => m.stack.push(m.cursor.uint8())],
  [0x4d, (m) => m.stack.push(m.cursor.uint16())],
  [0x8a, (m) => m.integer(m.cursor.uint8())],
  [0x8b, (m) => m.integer(m.cursor.uint32())],
  [0x47, (m) => m.stack.push(m.cursor.float64())],

  // SHORT_BINUNICODE, BINUNICODE, BINUNICODE8, and SHORT_BINSTRING, BINSTRING, which are Python 2's texts
  [0x8c, readString1],
  [0x58, readString4],
  [0x8d, (m) => m.text(m.cursor.uint64())],
  [0x55, readString1],
  [0x54, readString4],

  // SHORT_BINBYTES, BINBYTES, BINBYTES8, BYTEARRAY8
  [0x43, (m) => m.bytes(m.cursor.uint8())],
  [0x42, (m) => m.bytes(m.cursor.uint32())],
  [0x8e, readBytes8],
  [0x96, readBytes8],

  // EMPTY_TUPLE, TUPLE1, TUPLE2, TUPLE3, TUPLE
  [0x29, (m) => m.stack.push([])],
  [0x85, (m) => m.stack.push(m.stack.popMany(1))],
  [0x86, (m) => m.stack.push(m.stack.popMany(2))],
  [0x87, (m) => m.stack.push(m.stack.popMany(3))],
  [0x74, (m) => m.stack.push(m.stack.popMark())],

  // EMPTY_LIST, APPEND, APPENDS, EMPTY_SET, ADDITEMS, FROZENSET
  [0x5d, (m) => m.list([])],
  [0x61, (m) => m.addItems(m.stack.popMany(1))],
  [0x65, append],
  [0x8f, (m) => m.list([])],
  [0x90, append],
  [0x91, (m) => m.list(m.stack.popMark())],

  // EMPTY_DICT, SETITEM, SETITEMS
  [0x7d, (m) => m.dict()],
  [0x73, (m) => m.setItems(m.stack.popMany(2))],
  [0x75, (m) => m.setItems(m.stack.popMark())],

  // MARK, POP, POP_MARK, DUP
  [0x28, (m) => m.stack.mark()],
  [0x30, (m) => void m.stack.pop()],
  [0x31, (m) => void m.stack.popMark()],
  [0x32, (m) => m.stack.push(m.stack.top())],

  // BINPUT, LONG_BINPUT, MEMOIZE, BINGET, LONG_BINGET
  [0x71, (m) => m.remember(m.cursor.uint8())],
  [0x72, (m) => m.remember(m.cursor.uint32())],
  [0x94, (m) => m.remember()],
  [0x68, (m) => m.recall(m.cursor.uint8())],
  [0x6a, (m) => m.recall(m.cursor.uint32())],

  // GLOBAL, STACK_GLOBAL, BINPERSID, REDUCE, BUILD
  [0x63, (m) => m.globalInText()],
  [0x93, (m) => m.globalOnStack()],
  [0x51, (m) => m.reference()],
  [0x52, (m) => m.call()],
  [0x62, (m) => m.build()],
]);
