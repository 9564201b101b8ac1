import type { Architecture } from "./architecture.ts";
import { RESNETS } from "./resnet.ts";
import { DINOV2 } from "./vit.ts";

export type { Architecture, Network } from "./architecture.ts";

/** Every network whose structure is code. */
export const ARCHITECTURES: readonly Architecture[] = [...RESNETS, ...DINOV2];

export function findArchitecture(name: string): Architecture | undefined {
  return ARCHITECTURES.find((architecture) => architecture.name === name);
}
