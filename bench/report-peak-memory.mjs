// Preloaded into a child process: at its end it leaves its peak resident memory, in bytes, in a file.
import { writeFileSync } from "node:fs";

process.on("exit", () => {
  writeFileSync(process.env.RSAD_BENCH_PEAK_MEMORY, String(process.resourceUsage().maxRSS * 1024));
});
