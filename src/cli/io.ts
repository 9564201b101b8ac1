/** The outside world as the command line sees it; tests put their own in its place. */
export interface Io {
  readonly stdout: Output;
  readonly stderr: Output;
  /** Whether stderr may be coloured. */
  readonly colour: boolean;
  /** Aborts when the user interrupts. */
  readonly signal: AbortSignal;
}

/** A stream that knows whether it is a terminal. */
export type Output = NodeJS.WritableStream & { readonly isTTY?: boolean };
