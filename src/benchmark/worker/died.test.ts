import { expect, test } from "vitest";
import { died } from "./died.ts";

test("a process that died is told by its end, and by what it said without traces of the stack", () => {
  const crash = [
    "file:///opt/rsad/dist/x.js:12",
    "    throw new Error('no');",
    "          ^",
    "",
    "Error: no",
    "    at work (file:///opt/rsad/dist/x.js:12:11)",
    "    at process.processTicksAndRejections (node:internal/process/task_queues:95:5)",
    "",
    "Node.js v20.19.0",
    "",
  ].join("\n");
  const outcome = died("exit code 1", crash);
  expect(outcome).toMatchObject({ kind: "failed", code: "RSAD_PROCESS_DIED" });
  expect(outcome).toHaveProperty(
    "message",
    "The cell's process ended by exit code 1. It said: file:///opt/rsad/dist/x.js:12 throw new Error('no'); Error: no",
  );
  const full = [
    "FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory",
    "----- Native stack trace -----",
    "",
    " 1: 0xb8ced1 node::OOMErrorHandler(char const*, v8::OOMDetails const&) [node]",
    "11: 0x7f1c2a [node]",
  ].join("\r\n");
  expect(died("SIGABRT", full)).toHaveProperty(
    "message",
    "The cell's process ended by SIGABRT. It said: FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory",
  );
});

test("a process that was killed may have wanted memory", () => {
  expect(died("SIGKILL", "")).toHaveProperty("message", expect.stringMatching(/SIGKILL\. .*--memory\.$/));
});
