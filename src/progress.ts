/** What long work reports while it runs. A phase starts with `done: 0` and ends with `done === total`. */
export interface Progress {
  readonly phase: string;
  readonly done: number;
  readonly total: number;
  /** A short word on the present state, such as a loss. */
  readonly detail?: string;
  /** Words on the time left, where the work knows more of it than its pace so far tells; empty while it does not. */
  readonly left?: string;
}

export type OnProgress = (progress: Progress) => void;
