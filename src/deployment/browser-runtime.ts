import { exists } from "../files.ts";
import { type Runtime, webRuntime } from "../graph/index.ts";
import { BUILT_WEB } from "./built-web.ts";

/**
 * The browser's runtime, in Node: the build of it that an exported page has. In a clone without a build it is the development
 * package; an installed rsad has none.
 */
export async function browserRuntime(built: URL = BUILT_WEB): Promise<Runtime> {
  const module = new URL("ort.wasm.min.js", built);
  if (!(await exists(module))) return webRuntime({ device: "cpu", threads: 1 });
  const cpu = {
    mjs: new URL("ort-wasm-simd-threaded.js", built),
    wasm: new URL("ort-wasm-simd-threaded.wasm", built),
  };
  return webRuntime({ device: "cpu", threads: 1, module, files: { cpu, webgpu: cpu } });
}
