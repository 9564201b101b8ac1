import { rm } from "node:fs/promises";
import { basename, resolve } from "node:path";
import { build } from "vite";

/**
 * Makes a script that a child process of plain Node can run out of a TypeScript file, and returns its path. It lies in
 * node_modules, where the packages that it imports are found.
 */
export async function bundle(entry: string): Promise<string> {
  const name = basename(entry, ".ts");
  const outDir = resolve("node_modules", ".cache", "rsad-tests", `${name}-${process.pid}`);
  await build({
    configFile: false,
    logLevel: "error",
    build: {
      ssr: resolve(entry),
      outDir,
      emptyOutDir: true,
      target: "node20",
      minify: false,
      rollupOptions: { output: { entryFileNames: `${name}.mjs` } },
    },
  });
  return resolve(outDir, `${name}.mjs`);
}

/** Removes what {@link bundle} made. */
export async function removeBundle(script: string): Promise<void> {
  await rm(resolve(script, ".."), { recursive: true, force: true });
}
