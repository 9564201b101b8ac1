import type { Device } from "../graph/index.ts";
import type { Image } from "../pixels/index.ts";
import type { ScoredImage, Scorer } from "./scorer.ts";

/** A scorer with a session of its own. */
export interface OpenScorer extends Scorer {
  readonly device: Device;
  close(): Promise<void>;
}

/** Scores as many images at a time as it has sessions; further ones wait for the least busy of them. */
export class ScorerPool implements Scorer {
  readonly #members: readonly { readonly scorer: OpenScorer; underWay: number }[];

  private constructor(scorers: readonly OpenScorer[]) {
    this.#members = scorers.map((scorer) => ({ scorer, underWay: 0 }));
  }

  /** Throws what opening any of them throws, after the others are closed. */
  static async open(sessions: number, open: () => Promise<OpenScorer>): Promise<ScorerPool> {
    const opening = await Promise.allSettled(Array.from({ length: sessions }, open));
    const opened = opening.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
    const failed = opening.find((one) => one.status === "rejected");
    if (failed === undefined) return new ScorerPool(opened);
    await Promise.all(opened.map((scorer) => scorer.close()));
    throw failed.reason;
  }

  get device(): Device {
    return this.#members[0]!.scorer.device;
  }

  /** How many images it scores at a time. */
  get size(): number {
    return this.#members.length;
  }

  async score(image: Image, signal?: AbortSignal): Promise<ScoredImage> {
    const member = this.#members.reduce((least, one) => (one.underWay < least.underWay ? one : least));
    member.underWay++;
    try {
      return await member.scorer.score(image, signal);
    } finally {
      member.underWay--;
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.#members.map(({ scorer }) => scorer.close()));
  }
}
