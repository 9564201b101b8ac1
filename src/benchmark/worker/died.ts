import type { CellOutcome } from "./protocol.ts";

/** Of what a dying process says: the runtime's and the engine's traces of their stacks, and their ornaments. */
const TRACE = /^\s+at |^\s*\d+: 0x|^\s*-{2,}.*-{2,}\s*$|^\s*\^+\s*$|^Node\.js v/;

/** The failure of a cell whose process ended by a signal or an exit code, and what it said on its error output. */
export function died(how: string, stderr: string): CellOutcome {
  const said = stderr
    .split(/\r?\n/)
    .filter((line) => line.trim() !== "" && !TRACE.test(line))
    .map((line) => line.trim())
    .join(" ");
  const memory =
    how === "SIGKILL" ? " The system may have killed it for want of memory: lower --jobs or --memory." : "";
  return {
    kind: "failed",
    code: "RSAD_PROCESS_DIED",
    message: `The cell's process ended by ${how}.${memory}${said === "" ? "" : ` It said: ${said}`}`,
  };
}
