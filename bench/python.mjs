// A Python script beside a benchmark, in a process of its own that sleeps between the turns.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** Whether this Python is there and imports the modules. */
export function hasModules(python, modules) {
  const child = spawn(python, ["-c", `import ${modules.join(", ")}`], { stdio: "ignore" });
  return new Promise((resolve) => {
    child.on("error", () => resolve(false));
    child.on("exit", (code) => resolve(code === 0));
  });
}

/**
 * Starts the script at `script`, a URL, and waits for its first line. `ask` writes a line and waits for one; every line that
 * is read is JSON.
 */
export async function startPython({ python, script, args, input = "" }) {
  const child = spawn(python, [fileURLToPath(script), ...args.map(String)], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  // A process that has ended is noticed where its answer is missing.
  child.stdin.on("error", () => {});
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async () => {
    const { value, done } = await lines.next();
    if (done) throw new Error(`${fileURLToPath(script)} ended early`);
    return JSON.parse(value);
  };
  child.stdin.write(input);
  return {
    first: await answer(),
    ask(line) {
      child.stdin.write(`${line}\n`);
      return answer();
    },
    async close() {
      child.stdin.end();
      if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
    },
  };
}
