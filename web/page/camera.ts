import { byId } from "./dom.ts";

/** Takes pictures with the device's camera. `onOpen` is told when it opens and closes, `onFailure` why it does not. */
export class Camera {
  readonly #video = byId("video", HTMLVideoElement);
  readonly #onOpen: (open: boolean) => void;
  #stream: MediaStream | undefined;

  constructor(
    onPicture: (picture: Blob) => void,
    onOpen: (open: boolean) => void,
    onFailure: (reason: string) => void,
  ) {
    this.#onOpen = onOpen;
    byId("start", HTMLButtonElement).addEventListener("click", () =>
      this.#open().catch((error: unknown) => onFailure(`The camera does not open: ${String(error)}`)),
    );
    byId("stop", HTMLButtonElement).addEventListener("click", () => this.close());
    byId("take", HTMLButtonElement).addEventListener("click", async () => {
      const picture = await this.#take();
      this.close();
      onPicture(picture);
    });
  }

  async #open(): Promise<void> {
    if (navigator.mediaDevices === undefined) {
      throw new Error("browsers allow it only on pages from https or this machine");
    }
    this.#stream = await navigator.mediaDevices.getUserMedia({
      video: { facingMode: "environment", width: { ideal: 1920 }, height: { ideal: 1080 } },
    });
    this.#video.srcObject = this.#stream;
    byId("camera", HTMLElement).hidden = false;
    this.#onOpen(true);
    byId("take", HTMLButtonElement).focus();
  }

  close(): void {
    for (const track of this.#stream?.getTracks() ?? []) track.stop();
    this.#stream = undefined;
    this.#video.srcObject = null;
    byId("camera", HTMLElement).hidden = true;
    this.#onOpen(false);
  }

  /** The frame of now as a PNG, which loses nothing. */
  #take(): Promise<Blob> {
    const { videoWidth, videoHeight } = this.#video;
    const canvas = new OffscreenCanvas(videoWidth, videoHeight);
    canvas.getContext("2d")!.drawImage(this.#video, 0, 0);
    return canvas.convertToBlob({ type: "image/png" });
  }
}
