import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Plugin } from "vite";

/** Without WebGPU and with it, each with SIMD and threads. */
const BUILDS = ["ort-wasm-simd-threaded", "ort-wasm-simd-threaded.asyncify"];

/**
 * Copies the runtime's glue code and WebAssembly, which `src/browser/runtime-files.ts` names, beside the built files. The glue code ends in
 * `.js` there: web servers exist that do not know `.mjs` for a script, nginx among them, and browsers then refuse it.
 */
export function runtimeFiles(): Plugin {
  return {
    name: "runtime-files",
    async generateBundle() {
      const folder = dirname(createRequire(import.meta.url).resolve("onnxruntime-web"));
      for (const name of BUILDS.flatMap((build) => [`${build}.mjs`, `${build}.wasm`])) {
        const fileName = name.replace(/\.mjs$/, ".js");
        this.emitFile({ type: "asset", fileName, source: await readFile(join(folder, name)) });
      }
    },
  };
}
