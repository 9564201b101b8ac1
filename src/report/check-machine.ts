import { availableParallelism, freemem, totalmem } from "node:os";
import { openBackbone } from "../backbones/index.ts";
import type { Finding } from "../datasets/index.ts";
import { type ErrorCode, RsadError } from "../errors.ts";
import { checkFields } from "../fields.ts";
import { ensureWritableFolder, freeBytes } from "../files.ts";
import { add, encodeModel, float32, Graph, nodeRuntime } from "../graph/index.ts";

const GIB = 2 ** 30;
const MEMORY_WANTED = 2 * GIB;
const DISK_WANTED = 2 * GIB;

/** As a data set's finding. The code is that of the error where one was met. */
export interface MachineFinding extends Omit<Finding, "code"> {
  readonly code: MachineCode | ErrorCode;
}

/** What was checked. */
export type MachineCode = "NODE_VERSION" | "RUNTIME" | "MEMORY" | "BACKBONE" | "DISK";

/**
 * Says whether this machine can train and inspect: Node, the runtime, processors, memory, the embedded backbone, and room
 * and permission in `folder`, where results are going to be written. What a user can mend is a finding, not an error
 * thrown.
 */
export async function checkMachine(folder = "."): Promise<MachineFinding[]> {
  checkFields("checkMachine", { folder }, { folder: "path" });
  const checks = [checkNode, checkRuntime, checkMemory, checkBackbone, () => checkFolder(folder)];
  const findings: MachineFinding[] = [];
  for (const check of checks) findings.push(await check());
  return findings;
}

function checkNode(): MachineFinding {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const supported = major > 20 || (major === 20 && minor >= 19);
  return {
    severity: supported ? "info" : "error",
    code: "NODE_VERSION",
    subject: "Node",
    message: `Version ${process.versions.node} on ${process.platform}, ${process.arch}.`,
    hint: supported ? "Nothing to do." : "Install Node 20.19 or later.",
  };
}

/** Runs 1 + 2, which takes the whole road from a graph of ours through the native library and back. */
async function checkRuntime(): Promise<MachineFinding> {
  const graph = new Graph();
  graph.output("sum", add(graph.input("x", "float32", []), graph.scalar(2)));
  return attempt("RUNTIME", "ONNX Runtime", async () => {
    const session = await nodeRuntime().open(encodeModel(graph));
    const { sum } = await session.run({ x: float32([1], []) });
    await session.close();
    if (sum?.data[0] === 3) return "Loads and computes.";
    throw new RsadError("RSAD_RUNTIME_FAILED", {
      subject: "a sum of 1 and 2",
      expected: "3",
      received: sum?.data[0],
      hint: "Install the packages again for this platform.",
    });
  });
}

function checkMemory(): MachineFinding {
  const free = process.availableMemory?.() ?? freemem();
  const enough = free >= MEMORY_WANTED;
  return {
    severity: enough ? "info" : "warning",
    code: "MEMORY",
    subject: "Memory and processors",
    message: `${gib(free)} of ${gib(totalmem())} free, ${availableParallelism()} processors.`,
    hint: enough ? "Nothing to do." : `Training takes up to ${gib(MEMORY_WANTED)}; close other programs.`,
  };
}

function checkBackbone(): Promise<MachineFinding> {
  return attempt("BACKBONE", "Embedded backbone", async () => {
    const { name, licence } = await openBackbone({ kind: "embedded" }, { size: 256 });
    return `${name} is there and intact (${licence}).`;
  });
}

async function checkFolder(folder: string): Promise<MachineFinding> {
  const finding = await attempt("DISK", `Folder ${folder}`, async () => {
    await ensureWritableFolder(folder);
    return `Can be written, ${gib(await freeBytes(folder))} free.`;
  });
  if (finding.severity !== "info" || (await freeBytes(folder)) >= DISK_WANTED) return finding;
  const hint = "Features of the training images are kept on disk while training runs; free some space.";
  return { ...finding, severity: "warning", hint };
}

/** What `check` says as a finding, or the RsadError that it throws. */
async function attempt(
  code: MachineCode,
  subject: string,
  check: () => Promise<string>,
): Promise<MachineFinding> {
  try {
    return { severity: "info", code, subject, message: await check(), hint: "Nothing to do." };
  } catch (error) {
    if (!(error instanceof RsadError)) throw error;
    return { severity: "error", code: error.code, subject, message: error.message, hint: error.hint };
  }
}

function gib(bytes: number): string {
  return `${(bytes / GIB).toFixed(1)} GiB`;
}
