import type { HalfTensor, Layer, Network } from "./network.ts";

/**
 * A network as bytes: the length of a JSON header (32 bits, little-endian), the header, then every weight as float16.
 * The same network always gives the same bytes, so that a file can be verified by one hash.
 */
export function encodeNetwork(network: Network): Uint8Array {
  const blobs: Uint16Array[] = [];
  let offset = 0;
  const place = ({ dims, bits }: HalfTensor): PlacedTensor => {
    const placed = { dims, offset };
    blobs.push(bits);
    offset += bits.length;
    return placed;
  };
  const layers = network.layers.map((layer) =>
    layer.kind === "add" ? layer : { ...layer, weight: place(layer.weight), bias: place(layer.bias) },
  );
  const json = JSON.stringify({ layers, taps: network.taps });
  // The weights start at a multiple of their own size.
  const header = new TextEncoder().encode(json.length % 2 === 0 ? json : `${json} `);
  const bytes = new Uint8Array(4 + header.length + 2 * offset);
  new DataView(bytes.buffer).setUint32(0, header.length, true);
  bytes.set(header, 4);
  const weights = new Uint16Array(bytes.buffer, 4 + header.length);
  let position = 0;
  for (const blob of blobs) {
    weights.set(blob, position);
    position += blob.length;
  }
  return bytes;
}

/** The inverse of {@link encodeNetwork}; for bytes whose hash has been verified. */
export function decodeNetwork(bytes: Uint8Array): Network {
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  const header: Header = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length)));
  const weights = new Uint16Array(bytes.slice(4 + length).buffer);
  const take = ({ dims, offset }: PlacedTensor): HalfTensor => ({
    dims,
    bits: weights.subarray(offset, offset + dims.reduce((product, dim) => product * dim, 1)),
  });
  const layers = header.layers.map(
    (layer): Layer =>
      layer.kind === "add" ? layer : { ...layer, weight: take(layer.weight), bias: take(layer.bias) },
  );
  return { layers, taps: header.taps };
}

interface PlacedTensor {
  readonly dims: readonly number[];
  /** In elements, from the start of the weights. */
  readonly offset: number;
}

type Placed<L> = L extends { weight: HalfTensor }
  ? Omit<L, "weight" | "bias"> & { readonly weight: PlacedTensor; readonly bias: PlacedTensor }
  : L;

interface Header {
  readonly layers: readonly Placed<Layer>[];
  readonly taps: Network["taps"];
}
