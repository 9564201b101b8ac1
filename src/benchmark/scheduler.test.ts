import { expect, test } from "vitest";
import { type Running, type ScheduleRequest, schedule, type Task } from "./scheduler.ts";

interface Named extends Task {
  readonly name: string;
}

/** A task by name, kind and features: `a:big:crop`. */
function task(text: string): Named {
  const [name = "", kind = "small", features = name] = text.split(":");
  return { name, kind, features };
}

/** Tasks whose ends the test decides. */
class Workers {
  readonly running = new Map<string, { ready(): void; end(outcome: string): void }>();
  readonly log: string[] = [];

  readonly start = ({ name }: Named): Running<string> => {
    this.log.push(`start ${name}`);
    let ready: () => void = () => {};
    let end: (outcome: string) => void = () => {};
    const isReady = new Promise<void>((resolve) => {
      ready = resolve;
    });
    const ended = new Promise<string>((resolve) => {
      end = (outcome) => {
        this.running.delete(name);
        resolve(outcome);
      };
    });
    this.running.set(name, { ready, end });
    return { ready: isReady, ended, stop: () => this.running.get(name)?.end("stopped") };
  };

  run(tasks: readonly string[], change: Partial<ScheduleRequest<Named, string>> = {}): Promise<void> {
    return schedule<Named, string>({
      tasks: tasks.map(task),
      jobs: 2,
      memory: 10,
      bytesOf: (kind) => (kind === "big" ? 8 : 2),
      start: this.start,
      onEnd: ({ name }, outcome) => void this.log.push(`${outcome} ${name}`),
      onUnused: async (features) => void this.log.push(`unused ${features}`),
      ...change,
    });
  }

  async ready(name: string): Promise<void> {
    this.running.get(name)!.ready();
    await settle();
  }

  async end(name: string, outcome = "done"): Promise<void> {
    this.running.get(name)!.end(outcome);
    await settle();
  }

  get names(): string[] {
    return [...this.running.keys()];
  }
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

test("starts in order, at most so many at a time", async () => {
  const workers = new Workers();
  const all = workers.run(["a", "b", "c", "d"]);
  expect(workers.names).toEqual(["a", "b"]);
  await workers.end("b");
  expect(workers.names).toEqual(["a", "c"]);
  await workers.end("a");
  await workers.end("c");
  await workers.end("d");
  await all;
});

test("tasks of the same features wait until the first one has computed them", async () => {
  const workers = new Workers();
  const all = workers.run(["a:small:f", "b:small:f", "c:small:g"], { jobs: 3 });
  expect(workers.names).toEqual(["a", "c"]);
  await workers.ready("a");
  expect(workers.names).toEqual(["a", "c", "b"]);
  for (const name of ["a", "b", "c"]) await workers.end(name);
  await all;
});

test("the next one computes the features if the first one failed before they were there", async () => {
  const workers = new Workers();
  const all = workers.run(["a:small:f", "b:small:f", "c:small:f"], { jobs: 3 });
  expect(workers.names).toEqual(["a"]);
  await workers.end("a", "failed");
  expect(workers.names).toEqual(["b"]);
  await workers.ready("b");
  expect(workers.names).toEqual(["b", "c"]);
  await workers.end("b");
  await workers.end("c");
  await all;
});

test("features are unused after the last task that shares them, whether it failed or not", async () => {
  const workers = new Workers();
  const all = workers.run(["a:small:f", "b:small:f", "c:small:g"], { jobs: 1 });
  await workers.end("a");
  await workers.end("b", "failed");
  await workers.end("c");
  await all;
  expect(workers.log).toEqual([
    ...["start a", "done a", "start b", "failed b", "unused f", "start c", "done c", "unused g"],
  ]);
});

test("the memory of all together stays within the budget; smaller ones may go first", async () => {
  const workers = new Workers();
  const all = workers.run(["a:small", "b:small", "c:big", "d:small"], { jobs: 3, memory: 11 });
  expect(workers.names).toEqual(["a", "b", "d"]);
  await workers.end("a");
  expect(workers.names).toEqual(["b", "d"]);
  await workers.end("b");
  expect(workers.names).toEqual(["d", "c"]);
  await workers.end("d");
  await workers.end("c");
  await all;
});

test("what is learned of memory counts at once; a task that needs more than all of it runs alone", async () => {
  const workers = new Workers();
  const bytes = { small: 2, huge: 2 };
  const all = workers.run(["a:huge", "b:small", "c:huge", "d:small"], {
    bytesOf: (kind) => bytes[kind as keyof typeof bytes],
    onEnd: () => {
      bytes.huge = 100;
    },
  });
  expect(workers.names).toEqual(["a", "b"]);
  await workers.end("a");
  expect(workers.names).toEqual(["b", "d"]);
  await workers.end("d");
  expect(workers.names).toEqual(["b"]);
  await workers.end("b");
  expect(workers.names).toEqual(["c"]);
  await workers.end("c");
  await all;
});

test("an abort stops what runs, starts nothing more and is thrown", async () => {
  const workers = new Workers();
  const abort = new AbortController();
  const all = workers.run(["a", "b", "c"], { signal: abort.signal });
  abort.abort(new Error("enough"));
  await expect(all).rejects.toThrow("enough");
  expect(workers.log.filter((line) => line.startsWith("start"))).toEqual(["start a", "start b"]);
  expect(workers.log).toEqual(expect.arrayContaining(["stopped a", "stopped b"]));
});

test("what goes wrong outside the tasks stops them and is thrown", async () => {
  const workers = new Workers();
  const all = workers.run(["a", "b", "c"], {
    onEnd: ({ name }) => {
      if (name === "a") throw new Error("disk full");
    },
  });
  const failed = expect(all).rejects.toThrow("disk full");
  await workers.end("a");
  await failed;
  expect(workers.names).toEqual([]);
});
