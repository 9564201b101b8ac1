import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import { licences } from "./build/licences.ts";
import { runtimeFiles } from "./build/runtime-files.ts";

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/**
 * Builds dist/web: `rsad.js` is the package's door `rsad/browser` with all that it needs, `app.js` and `worker.js` are the page
 * that stands on it, and the rest is copied. Names have no hashes, since the folder is exported as it is.
 */
export default defineConfig({
  root: at("."),
  publicDir: at("static"),
  logLevel: "warn",
  // The build of the runtime that leaves its glue code and WebAssembly in files of their own.
  resolve: { conditions: ["onnxruntime-web-use-extern-wasm", "browser", "module", "import", "default"] },
  plugins: [runtimeFiles(), licences()],
  build: {
    outDir: at("../dist/web"),
    emptyOutDir: true,
    target: "es2022",
    modulePreload: false,
    reportCompressedSize: false,
    rollupOptions: {
      input: { rsad: at("../src/browser/index.ts"), app: at("page/app.ts"), worker: at("page/worker.ts") },
      preserveEntrySignatures: "strict",
      // The page is a user of the package like any other; the runtime for Node is never reached.
      external: ["rsad/browser", "onnxruntime-node"],
      onwarn: (warning, warn) => warning.code === "INVALID_ANNOTATION" || warn(warning),
      output: {
        entryFileNames: "[name].js",
        chunkFileNames: "[name].js",
        paths: { "rsad/browser": "./rsad.js" },
      },
    },
  },
});
