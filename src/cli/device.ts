import type { Command } from "commander";
import { didYouMean } from "../did-you-mean.ts";
import {
  DEVICE_REQUESTS,
  type DeviceChoice,
  type DeviceRequest,
  type NodeRuntimeOptions,
} from "../graph/index.ts";
import type { Context } from "./context.ts";
import { oneOf } from "./options.ts";

export interface DeviceOption {
  readonly device?: DeviceRequest;
}

/** What is asked of the runtime. */
export interface RuntimeRequest extends DeviceOption {
  readonly threads?: number | undefined;
}

export function addDeviceOption(command: Command): Command {
  return command.option(
    "--device <name>",
    `where to compute: ${DEVICE_REQUESTS.join(", ")} (default: cpu; also used where the device is not there)`,
    oneOf("--device", DEVICE_REQUESTS, meant),
  );
}

/** "gpu" is near "cpu" in letters alone. */
function meant(text: string, words: readonly string[]): string {
  return text.toLowerCase() === "gpu"
    ? "Devices go by what drives them: cuda for NVIDIA's cards; auto takes what there is. "
    : didYouMean(text, words);
}

/** What a command's runtime needs to know of the options; the user is told if it is another device than they asked for. */
export function runtimeOptions({ threads, device }: RuntimeRequest, context: Context): NodeRuntimeOptions {
  return {
    threads,
    device,
    onDevice: (choice) => {
      if (choice.asked === "auto") context.note(describeDevice(choice));
      else if (choice.used !== choice.asked) context.warn(describeDevice(choice));
    },
  };
}

/** One line: what was asked for, what came of it, what there is, what is used. */
export function describeDevice({ asked, used, available, failures }: DeviceChoice): string {
  const reasons = failures.map(({ device, reason }) => `${device} does not open here (${reason})`);
  return `Device: ${[`${asked} was asked for`, ...reasons, `this installation brings ${available.join(", ")}`, `${used} is used`].join("; ")}.`;
}
