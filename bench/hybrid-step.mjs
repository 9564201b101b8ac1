// Whole steps of the default recipe, as `rsad train` takes them: fitHybrid itself, on features of a random backbone, held up
// between the turns. A step's time reaches from one report of progress to the next.
import { join } from "node:path";
import { FeatureStore } from "../dist/features/index.js";
import { fitHybrid } from "../dist/hybrid/index.js";
import { recipe } from "../dist/recipes/index.js";
import { randomBackbone } from "./synthetic.mjs";

/** More turns than anybody takes. */
const TURNS = 1000;

/** `steps` are those of a turn. The bank, which no step reads, is left out. */
export async function openHybridTraining({ steps, samples, folder, runtime }) {
  const settings = recipe("default", {
    memory: "none",
    "painting.images": 12,
    "length.steps": steps * TURNS,
  });
  const backbone = randomBackbone(settings.preprocessing.size);
  const shared = { folder, samples, backbone, recipe: settings, runtime };
  const store = await FeatureStore.open({ ...shared, fingerprint: "", precision: "float32" });
  const abort = new AbortController();
  let ticks = [];
  let turn;
  let goOn = () => {};
  const fitting = fitHybrid({
    ...shared,
    store,
    images: samples.map((_, i) => i),
    seed: 0,
    lossLog: join(folder, "losses.jsonl"),
    checkpointSeconds: Number.POSITIVE_INFINITY,
    onProgress: ({ phase }) => phase === "training" && ticks.push(performance.now()),
    signal: abort.signal,
    snapshots: {
      steps: Array.from({ length: TURNS }, (_, i) => (i + 1) * steps),
      onSnapshot: () =>
        new Promise((resolve) => {
          goOn = resolve;
          turn(ticks);
        }),
    },
  });
  const nextTurn = () => {
    ticks = [];
    const done = new Promise((resolve) => {
      turn = resolve;
    });
    goOn();
    return Promise.race([done, fitting]);
  };
  await nextTurn();
  return {
    settings,
    components: settings.whitening.components,
    async measure() {
      const taken = await nextTurn();
      return taken.slice(1).map((tick, i) => tick - taken[i]);
    },
    async close() {
      abort.abort(new Error("enough"));
      goOn();
      await fitting.catch(() => {});
      await store.close();
    },
  };
}
