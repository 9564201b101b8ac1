import type { WebRuntimeOptions } from "../graph/index.ts";

/** The runtime's files beside this one, once it is built; bundlers know this form and take the files along. */
export const RUNTIME_FILES = {
  cpu: {
    mjs: new URL(/* @vite-ignore */ "./ort-wasm-simd-threaded.js", import.meta.url),
    wasm: new URL(/* @vite-ignore */ "./ort-wasm-simd-threaded.wasm", import.meta.url),
  },
  webgpu: {
    mjs: new URL(/* @vite-ignore */ "./ort-wasm-simd-threaded.asyncify.js", import.meta.url),
    wasm: new URL(/* @vite-ignore */ "./ort-wasm-simd-threaded.asyncify.wasm", import.meta.url),
  },
} satisfies WebRuntimeOptions["files"];
