import { Bench } from "./bench.ts";
import { Camera } from "./camera.ts";
import { byId } from "./dom.ts";
import { showFacts } from "./model-facts.ts";
import { explain, ModelWorker } from "./model-worker.ts";
import { watchSources } from "./sources.ts";

byId("unserved", HTMLElement).hidden = true;
const progress = byId("progress", HTMLElement);
progress.textContent = "Loading the model…";
const worker = new ModelWorker(({ done, total }) => {
  progress.textContent = `Loading the model… ${Math.floor((100 * done) / total)} %`;
});

try {
  const opened = await worker.open("model.onnx");
  showFacts(opened);
  const bench = new Bench(worker, opened.metadata);
  watchSources((files) => {
    for (const file of files) bench.add(file, file.name);
  });
  let pictures = 0;
  new Camera(
    (picture) => bench.add(picture, `camera ${++pictures}`),
    (isOpen) => bench.makeRoom(isOpen),
    complain,
  );
  byId("bench", HTMLElement).hidden = false;
} catch (error) {
  complain(error);
}
byId("starting", HTMLElement).hidden = true;

function complain(error: unknown): void {
  const failure = byId("failure", HTMLElement);
  failure.textContent = explain(error);
  failure.hidden = false;
}
