// Runs every check of the project and ends with one line: `N passed, N failed`.
// Lint, types and boundaries count as one check each; the tests count one by one.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const bin = (packageName, file) => join("node_modules", packageName, file);
const checks = [
  ["lint and format", [bin("@biomejs/biome", "bin/biome"), "check", "."]],
  ["types", [bin("typescript", "bin/tsc"), "--noEmit"]],
  ["types for browsers", [bin("typescript", "bin/tsc"), "--noEmit", "-p", "tsconfig.browser.json"]],
  ["documentation of the API", [bin("typedoc", "bin/typedoc"), "--emit", "none", "--treatWarningsAsErrors"]],
  ["build", [bin("typescript", "bin/tsc"), "-p", "tsconfig.build.json"]],
  ["build for browsers", [bin("vite", "bin/vite.js"), "build", "--config", "web/vite.config.ts"]],
  [
    "boundaries",
    [bin("dependency-cruiser", "bin/dependency-cruise.mjs"), "--config", ".dependency-cruiser.cjs", "src"],
  ],
];

let passed = 0;
let failed = 0;
let skipped = 0;
for (const [name, args] of checks) {
  const ok = spawnSync(process.execPath, args, { stdio: "inherit" }).status === 0;
  console.log(`${ok ? "passed" : "FAILED"}: ${name}`);
  if (ok) passed += 1;
  else failed += 1;
}

const scratch = mkdtempSync(join(tmpdir(), "rsad-check-"));
const results = join(scratch, "tests.json");
const tests = spawnSync(
  process.execPath,
  [
    bin("vitest", "vitest.mjs"),
    "run",
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${results}`,
  ],
  { stdio: "inherit" },
);
try {
  const report = JSON.parse(readFileSync(results, "utf8"));
  passed += report.numPassedTests;
  failed += report.numFailedTests;
  skipped += report.numPendingTests;
  if (tests.status !== 0 && report.numFailedTests === 0) failed += 1;
} catch {
  failed += 1;
}
rmSync(scratch, { recursive: true, force: true });
if (skipped > 0) console.log(`${skipped} skipped`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
