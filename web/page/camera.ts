import { byId } from "./dom.ts";

/** Takes pictures with the device's camera. `onOpen` is told when it opens and closes, `onFailure` why something did not work. */
export class Camera {
  readonly #video = byId("video", HTMLVideoElement);
  readonly #start = byId("start", HTMLButtonElement);
  readonly #take = byId("take", HTMLButtonElement);
  readonly #onOpen: (open: boolean) => void;
  #stream: MediaStream | undefined;

  constructor(
    onPicture: (picture: Blob) => void,
    onOpen: (open: boolean) => void,
    onFailure: (reason: string) => void,
  ) {
    this.#onOpen = onOpen;
    this.#start.addEventListener("click", () =>
      this.#open().catch((error: unknown) => onFailure(`The camera does not open: ${String(error)}`)),
    );
    byId("stop", HTMLButtonElement).addEventListener("click", () => this.close());
    // Before its first frame a video has no size.
    this.#video.addEventListener("loadeddata", () => {
      this.#take.disabled = false;
      this.#take.focus();
    });
    this.#take.addEventListener("click", () =>
      this.#picture().then(onPicture, (error: unknown) =>
        onFailure(`The camera takes no picture: ${String(error)}`),
      ),
    );
  }

  async #open(): Promise<void> {
    if (navigator.mediaDevices === undefined) {
      throw new Error("browsers allow it only on pages from https or this machine");
    }
    this.#start.disabled = true;
    try {
      this.#stream = await navigator.mediaDevices.getUserMedia({
        video: { facingMode: "environment", width: { ideal: 1920 }, height: { ideal: 1080 } },
      });
    } finally {
      this.#start.disabled = false;
    }
    this.#take.disabled = true;
    this.#video.srcObject = this.#stream;
    byId("camera", HTMLElement).hidden = false;
    this.#onOpen(true);
  }

  close(): void {
    for (const track of this.#stream?.getTracks() ?? []) track.stop();
    this.#stream = undefined;
    this.#video.srcObject = null;
    byId("camera", HTMLElement).hidden = true;
    this.#onOpen(false);
  }

  /** The frame of now as a PNG, which loses nothing; the camera closes. */
  async #picture(): Promise<Blob> {
    this.#take.disabled = true;
    try {
      const { videoWidth, videoHeight } = this.#video;
      const canvas = new OffscreenCanvas(videoWidth, videoHeight);
      canvas.getContext("2d")!.drawImage(this.#video, 0, 0);
      return await canvas.convertToBlob({ type: "image/png" });
    } finally {
      this.close();
    }
  }
}
