import { type DeviceChoice, decode, load, type Model, RsadError } from "rsad/browser";
import type { Failure, Message, Opened, Request, Scored } from "./protocol.ts";

/** Loads the model and runs it, so that the page stays lively meanwhile. */
let model: Model;

async function open(url: string): Promise<Opened> {
  let device: DeviceChoice | undefined;
  model = await load(url, {
    onDevice: (choice) => {
      device = choice;
    },
    onProgress: (progress) => send({ progress }),
  });
  const threads = crossOriginIsolated ? Math.min(8, navigator.hardwareConcurrency) : 1;
  return { metadata: model.metadata, device: device!, threads };
}

async function score(file: Blob, name: string): Promise<Scored> {
  const image = await decode(file, name);
  return { image, scored: await model.score(image) };
}

addEventListener("message", async ({ data: request }: MessageEvent<Request>) => {
  const { id } = request;
  try {
    if (request.kind === "open") send({ id, value: await open(request.url) });
    else {
      const value = await score(request.file, request.name);
      // Handed over, not copied: they are 7 bytes for every pixel.
      send({ id, value }, [value.image.data.buffer, value.scored.map.data.buffer]);
    }
  } catch (error) {
    send({ id, failure: describe(error) });
  }
});

function send(message: Message, transfer: Transferable[] = []): void {
  postMessage(message, { transfer });
}

function describe(error: unknown): Failure {
  if (error instanceof RsadError) return { message: error.message, hint: error.hint };
  return { message: error instanceof Error ? error.message : String(error) };
}
