import { spawn } from "node:child_process";

/** When a process is killed. */
export interface Kill {
  /** After so many lines on its stdout... */
  readonly lines: number;
  /** ... and so many milliseconds more. */
  readonly delay: number;
  /** The processes that it has started, too, where the platform has groups of them. */
  readonly all?: boolean;
}

/**
 * Runs a script in a process of its own, which may be killed. Returns the lines of its stdout, or rejects if it fails by itself.
 */
export function runAndKill(
  script: string,
  args: readonly string[],
  kill?: Kill,
): Promise<{ lines: string[]; killed: boolean }> {
  const grouped = process.platform !== "win32";
  const child = spawn(process.execPath, [script, ...args], {
    stdio: ["ignore", "pipe", "pipe"],
    detached: grouped,
  });
  let [output, errors] = ["", ""];
  let due = false;
  const lines = () => output.split("\n").slice(0, -1);
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output += text;
    if (kill === undefined || due || lines().length < kill.lines) return;
    due = true;
    setTimeout(() => {
      if (kill.all && grouped && child.exitCode === null) process.kill(-child.pid!, "SIGKILL");
      else child.kill("SIGKILL");
    }, kill.delay);
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    errors += text;
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    // Processes that it has started and that live on may hold its stdout open: then it is not closed.
    child.on("exit", (code, signal) => {
      // Windows knows no signals.
      const killed = due && (grouped ? signal === "SIGKILL" : code !== 0);
      if (killed) resolve({ lines: lines(), killed });
    });
    child.on("close", (code, signal) => {
      if (code === 0) resolve({ lines: lines(), killed: false });
      else reject(new Error(`${code ?? signal}: ${errors}`));
    });
  });
}
