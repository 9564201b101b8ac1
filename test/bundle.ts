import { rm } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { build } from "vite";

/**
 * Makes a script that a child process of plain Node can run out of a TypeScript file, and returns its path; `others` become
 * scripts beside it, for those that start processes of their own. They lie in node_modules, where the packages that they
 * import are found.
 */
export async function bundle(entry: string, ...others: readonly string[]): Promise<string> {
  const name = basename(entry, ".ts");
  const outDir = resolve("node_modules", ".cache", "rsad-tests", `${name}-${process.pid}`);
  await build({
    configFile: false,
    logLevel: "error",
    build: {
      ssr: true,
      outDir,
      emptyOutDir: true,
      target: "node20",
      minify: false,
      rollupOptions: {
        input: [entry, ...others].map((file) => resolve(file)),
        output: { entryFileNames: "[name].mjs", chunkFileNames: "[name]-[hash].mjs" },
      },
    },
  });
  return join(outDir, `${name}.mjs`);
}

/** Removes what {@link bundle} made. */
export async function removeBundle(script: string): Promise<void> {
  await rm(resolve(script, ".."), { recursive: true, force: true });
}
