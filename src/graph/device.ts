/** Where ONNX Runtime can run a graph. */
export const DEVICES = ["cpu", "cuda", "directml", "coreml", "webgpu"] as const;
export type Device = (typeof DEVICES)[number];

/** `auto` takes the first of cuda, directml and coreml that opens. */
export type DeviceRequest = Device | "auto";
export const DEVICE_REQUESTS: readonly DeviceRequest[] = [...DEVICES, "auto"];

/** Without WebGPU, which the runtime's makers call experimental, and behind which a slow software renderer may stand. */
const AUTOMATIC: readonly Device[] = ["cuda", "directml", "coreml"];

/** What became of a request for a device. */
export interface DeviceChoice {
  readonly asked: DeviceRequest;
  readonly used: Device;
  /** What the installation brings, without what did not open. */
  readonly available: readonly Device[];
  /** Why others were passed over. */
  readonly failures: readonly { readonly device: Device; readonly reason: string }[];
}

/** What an installation of the runtime says of itself. */
export interface InstalledDevice {
  readonly device: Device;
  /** Whether all of its files come with the package. */
  readonly bundled: boolean;
}

/**
 * Opens things on the device that was asked for, and on the CPU where that device is not there or does not open. A device that failed
 * is not tried again.
 */
export class Placement {
  readonly #asked: DeviceRequest;
  readonly #installed: readonly InstalledDevice[];
  readonly #onDevice: ((choice: DeviceChoice) => void) | undefined;
  #failures: DeviceChoice["failures"] = [];
  #used: Device | undefined;

  constructor(
    asked: DeviceRequest,
    installed: readonly InstalledDevice[],
    onDevice?: (choice: DeviceChoice) => void,
  ) {
    this.#asked = asked;
    this.#installed = installed;
    this.#onDevice = onDevice;
  }

  /**
   * What `open` gives for the first device on which it does not throw; throws what it throws for the CPU. `onDevice` is told of the
   * device when the first thing opens, and again where a later one opens elsewhere.
   */
  async open<T>(open: (device: Device) => Promise<T>): Promise<{ opened: T; device: Device }> {
    const failures = [...this.#failures];
    for (const device of this.#candidates()) {
      try {
        if (!this.#isInstalled(device)) throw new Error("it is not part of this installation");
        return this.#settle(await open(device), device, failures);
      } catch (error) {
        failures.push({ device, reason: reasonOf(error) });
      }
    }
    return this.#settle(await open("cpu"), "cpu", failures);
  }

  #isInstalled(device: Device): boolean {
    return this.#installed.some((entry) => entry.device === device);
  }

  #candidates(): Device[] {
    const automatic = AUTOMATIC.filter((device) => this.#isInstalled(device));
    const asked = this.#asked === "auto" ? automatic : [this.#asked];
    const failed = this.#failures.map(({ device }) => device);
    return asked.filter((device) => device !== "cpu" && !failed.includes(device));
  }

  #settle<T>(opened: T, device: Device, failures: DeviceChoice["failures"]) {
    this.#failures = failures;
    if (device !== this.#used) {
      this.#used = device;
      const failed = failures.map((failure) => failure.device);
      const available = this.#installed
        .filter((entry) => (entry.bundled || entry.device === device) && !failed.includes(entry.device))
        .map((entry) => entry.device);
      this.#onDevice?.({ asked: this.#asked, used: device, available, failures });
    }
    return { opened, device };
  }
}

/** The runtime's message without the place in its source and the condition that did not hold. */
function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message
    .replace(/^.* was false\. /s, "")
    .replace(/\s+/g, " ")
    .trim();
}
