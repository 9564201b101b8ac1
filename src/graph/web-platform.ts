/** The few things of a browser that decide how graphs run, all of which may be missing. */
interface Platform {
  readonly crossOriginIsolated?: boolean;
  readonly navigator?: {
    readonly hardwareConcurrency?: number;
    readonly gpu?: { requestAdapter(): Promise<Adapter | null> };
  };
}

interface Adapter {
  /** Where it is the CPU that plays a graphics processor. */
  readonly isFallbackAdapter?: boolean;
  readonly info?: { readonly isFallbackAdapter?: boolean };
}

const platform = globalThis as Platform;

/**
 * Threads that WebAssembly may use: those of the machine where memory can be shared between threads, which browsers allow pages
 * that are isolated from other origins, and one elsewhere.
 */
export function threadsAllowed(): number {
  return platform.crossOriginIsolated ? (platform.navigator?.hardwareConcurrency ?? 1) : 1;
}

/** Whether WebGPU reaches hardware. */
export async function hasGraphicsProcessor(): Promise<boolean> {
  const adapter = await platform.navigator?.gpu?.requestAdapter().catch(() => null);
  if (adapter === null || adapter === undefined) return false;
  return !(adapter.info?.isFallbackAdapter ?? adapter.isFallbackAdapter ?? false);
}
