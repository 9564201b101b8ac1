// The other end of training-step-pytorch.py.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const SCRIPT = fileURLToPath(new URL("training-step-pytorch.py", import.meta.url));

/**
 * The given steps in PyTorch's eager mode, in a process of its own that sleeps between the turns; undefined where this
 * Python has no PyTorch.
 */
export async function startPytorch({ python, threads, steps }) {
  if (!(await runs(python, ["-c", "import numpy, torch"]))) return undefined;
  const child = spawn(python, [SCRIPT, String(threads)], { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async () => {
    const { value, done } = await lines.next();
    if (done) throw new Error("PyTorch's side ended early");
    return JSON.parse(value);
  };
  child.stdin.write(`${JSON.stringify(steps)}\n`);
  return {
    version: await answer(),
    measure(name, count) {
      child.stdin.write(`${name} ${count}\n`);
      return answer();
    },
    async close() {
      child.stdin.end();
      if (child.exitCode === null) await once(child, "exit");
    },
  };
}

function runs(command, arguments_) {
  const child = spawn(command, arguments_, { stdio: "ignore" });
  return new Promise((resolve) => {
    child.on("error", () => resolve(false));
    child.on("exit", (code) => resolve(code === 0));
  });
}
