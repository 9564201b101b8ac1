import { cpus, totalmem } from "node:os";
import { VERSION } from "../dist/index.js";

/** What the figures were measured on. To be called after the runtime has been loaded. */
export async function describeMachine() {
  const { env } = await import("onnxruntime-node");
  return {
    cpu: cpus()[0]?.model ?? "unknown",
    cores: cpus().length,
    memory: totalmem(),
    platform: `${process.platform} ${process.arch}`,
    node: process.versions.node,
    onnxruntime: env.versions.node,
    rsad: VERSION,
  };
}
