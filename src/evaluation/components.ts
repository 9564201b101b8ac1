/** Connected regions of a mask. */
export interface Regions {
  /** height * width; 0 = outside every region, otherwise 1 + the region's position in `sizes`. */
  readonly labels: Int32Array;
  /** Pixels in each region, in order of each region's first pixel. */
  readonly sizes: number[];
}

/**
 * Labels the regions of a mask (non-zero = inside) whose pixels touch by an edge or a corner, as
 * `scipy.ndimage.label(mask, structure=np.ones((3, 3)))` does. Flood fill, one visit per pixel.
 */
export function connectedRegions(mask: Uint8Array, width: number): Regions {
  const height = mask.length / width;
  const labels = new Int32Array(mask.length);
  const sizes: number[] = [];
  const open: number[] = [];
  for (let seed = 0; seed < mask.length; seed++) {
    if (mask[seed] === 0 || labels[seed] !== 0) continue;
    const label = sizes.length + 1;
    let size = 0;
    labels[seed] = label;
    open.push(seed);
    for (let pixel = open.pop(); pixel !== undefined; pixel = open.pop()) {
      size++;
      const x = pixel % width;
      const y = (pixel - x) / width;
      for (let v = Math.max(0, y - 1); v <= Math.min(height - 1, y + 1); v++) {
        for (let u = Math.max(0, x - 1); u <= Math.min(width - 1, x + 1); u++) {
          const neighbour = v * width + u;
          if (mask[neighbour] === 0 || labels[neighbour] !== 0) continue;
          labels[neighbour] = label;
          open.push(neighbour);
        }
      }
    }
    sizes.push(size);
  }
  return { labels, sizes };
}
