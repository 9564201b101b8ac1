// Preloaded into a child process: at its end it leaves what it used in a file, as JSON.
import { writeFileSync } from "node:fs";

process.on("exit", () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  const usage = { memory: maxRSS * 1024, cpuSeconds: (userCPUTime + systemCPUTime) / 1e6 };
  writeFileSync(process.env.RSAD_BENCH_USAGE, JSON.stringify(usage));
});
