import { fileURLToPath } from "node:url";
import { build } from "vite";

/** Builds the page from the sources of now, to a folder of its own. */
export async function buildWeb(folder: string): Promise<void> {
  const configFile = fileURLToPath(new URL("../../web/vite.config.ts", import.meta.url));
  await build({ configFile, build: { outDir: folder }, logLevel: "error" });
}
