/** What the order of starting depends on. */
export interface Task {
  /** Tasks of one kind need about the same memory. */
  readonly kind: string;
  /** Tasks of the same features share them: the first one computes them alone. */
  readonly features: string;
}

/** A task at work in a process of its own. */
export interface Running<Outcome> {
  /** Settles once the shared features are there. */
  readonly ready: Promise<void>;
  /** Never rejects: a failure is an outcome. */
  readonly ended: Promise<Outcome>;
  /** Asks it to end soon and in good order. */
  stop(): void;
}

export interface ScheduleRequest<T extends Task, Outcome> {
  /** In the order in which they are to start, as far as features and memory allow. */
  readonly tasks: readonly T[];
  /** Tasks at a time. */
  readonly jobs: number;
  /** Bytes that all tasks at a time may need together; a single one may need more. */
  readonly memory: number;
  /** Bytes that a task of a kind is expected to need, as known now. */
  readonly bytesOf: (kind: string) => number;
  readonly start: (task: T) => Running<Outcome>;
  readonly onEnd: (task: T, outcome: Outcome) => void | Promise<void>;
  /** No task that is left needs these features. */
  readonly onUnused: (features: string) => Promise<void>;
  /** An abort stops what runs, waits for it and throws the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

interface Started<Outcome> {
  readonly running: Running<Outcome>;
  ready: boolean;
  /** Settles as `ready` does. */
  readonly becomesReady: Promise<void>;
  /** Settles when all that follows the end is done. */
  readonly finished: Promise<void>;
}

/** Runs every task. What `onEnd` and `onUnused` throw stops the others and is thrown. */
export async function schedule<T extends Task, Outcome>(request: ScheduleRequest<T, Outcome>): Promise<void> {
  const { jobs, memory, bytesOf, signal } = request;
  const pending = [...request.tasks];
  const started = new Map<T, Started<Outcome>>();
  const ready = new Set<string>();

  const canStart = ({ kind, features }: T): boolean => {
    const others = [...started.keys()];
    if (!ready.has(features) && others.some((other) => other.features === features)) return false;
    const used = others.reduce((sum, other) => sum + bytesOf(other.kind), 0);
    return others.length === 0 || used + bytesOf(kind) <= memory;
  };

  const finish = async (task: T, running: Running<Outcome>): Promise<void> => {
    const outcome = await running.ended;
    try {
      await request.onEnd(task, outcome);
      const shares = ({ features }: T) => features === task.features;
      const others = [...started.keys()].filter((other) => other !== task);
      if (!pending.some(shares) && !others.some(shares)) await request.onUnused(task.features);
    } finally {
      started.delete(task);
    }
  };

  const launch = (task: T): void => {
    pending.splice(pending.indexOf(task), 1);
    const running = request.start(task);
    const entry: Started<Outcome> = {
      running,
      ready: false,
      becomesReady: running.ready.then(() => {
        entry.ready = true;
        ready.add(task.features);
      }),
      finished: finish(task, running),
    };
    started.set(task, entry);
  };

  const stop = () => {
    for (const { running } of started.values()) running.stop();
  };
  signal?.addEventListener("abort", stop);
  try {
    for (;;) {
      while (!signal?.aborted && started.size < jobs) {
        const next = pending.find(canStart);
        if (next === undefined) break;
        launch(next);
      }
      if (started.size === 0) break;
      const events = [...started.values()].map((entry) =>
        entry.ready ? [entry.finished] : [entry.finished, entry.becomesReady],
      );
      await Promise.race(events.flat());
    }
  } finally {
    signal?.removeEventListener("abort", stop);
    stop();
    await Promise.allSettled([...started.values()].map(({ finished }) => finished));
  }
  signal?.throwIfAborted();
}
