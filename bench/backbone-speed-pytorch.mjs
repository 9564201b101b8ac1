// The other end of backbone-speed.py.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const SCRIPT = fileURLToPath(new URL("backbone-speed.py", import.meta.url));

function start(python, arguments_, stdio) {
  return spawn(python, [SCRIPT, ...arguments_.map(String)], { stdio });
}

/** Writes batch1.onnx and batch8.onnx to `folder`; false where this Python cannot. */
export async function exportPrefix({ python, threads, folder }) {
  const child = start(python, [threads, folder], "ignore");
  return new Promise((resolve) => {
    child.on("error", () => resolve(false));
    child.on("exit", (code) => resolve(code === 0));
  });
}

/** PyTorch in eager mode, in a process of its own that sleeps between the turns. */
export async function startPytorch({ python, threads }) {
  const child = start(python, [threads], ["pipe", "pipe", "inherit"]);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async () => JSON.parse((await lines.next()).value);
  return {
    version: await answer(),
    measure(batch, count) {
      child.stdin.write(`${batch} ${count}\n`);
      return answer();
    },
    async close() {
      child.stdin.end();
      await once(child, "exit");
    },
  };
}
