import type { OnProgress } from "rsad/browser";
import type { Failure, Message, Opened, Request, Scored } from "./protocol.ts";

type Question = Request extends infer R ? (R extends { id: number } ? Omit<R, "id"> : never) : never;

/** An answer that is no result, told in the words of the library. */
export class WorkerFailure extends Error {
  readonly hint: string | undefined;

  constructor({ message, hint }: Failure) {
    super(message);
    this.hint = hint;
  }
}

/** What went wrong, and what can be done about it. */
export function explain(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  if (!(error instanceof WorkerFailure) || error.hint === undefined) return message;
  return `${message.replace(/\.$/, "")}. ${error.hint}`;
}

/** The model, which runs on a thread of its own. */
export class ModelWorker {
  readonly #worker = new Worker("worker.js", { type: "module" });
  readonly #waiting = new Map<number, PromiseWithResolvers<Opened | Scored>>();
  #asked = 0;

  constructor(onProgress: OnProgress) {
    this.#worker.addEventListener("message", ({ data }: MessageEvent<Message>) => {
      if ("progress" in data) return onProgress(data.progress);
      const { resolve, reject } = this.#waiting.get(data.id)!;
      this.#waiting.delete(data.id);
      if ("failure" in data) reject(new WorkerFailure(data.failure));
      else resolve(data.value);
    });
    this.#worker.addEventListener("error", ({ message }) => {
      const failure = new WorkerFailure({ message: message || "The program's files could not be loaded." });
      for (const { reject } of this.#waiting.values()) reject(failure);
      this.#waiting.clear();
    });
  }

  open(url: string): Promise<Opened> {
    return this.#ask({ kind: "open", url }) as Promise<Opened>;
  }

  score(file: Blob, name: string): Promise<Scored> {
    return this.#ask({ kind: "score", file, name }) as Promise<Scored>;
  }

  #ask(question: Question): Promise<Opened | Scored> {
    const id = this.#asked++;
    const { promise, resolve, reject } = withResolvers<Opened | Scored>();
    this.#waiting.set(id, { promise, resolve, reject });
    this.#worker.postMessage({ id, ...question });
    return promise;
  }
}

interface PromiseWithResolvers<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (reason: unknown) => void;
}

function withResolvers<T>(): PromiseWithResolvers<T> {
  let resolve!: (value: T) => void;
  let reject!: (reason: unknown) => void;
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}
