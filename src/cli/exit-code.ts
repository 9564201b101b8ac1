/** The exit codes of every command. */
export const EXIT = {
  ok: 0,
  /** `inspect` found a defect. */
  found: 1,
  error: 2,
  /** As shells have it for SIGINT. */
  interrupted: 130,
} as const;
