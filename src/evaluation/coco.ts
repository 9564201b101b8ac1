import type { DefectRegion, RegionBox } from "./regions.ts";

/** An image that was inspected, and the regions to note down; these need their contours. */
export interface CocoSource {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly regions: readonly DefectRegion[];
}

/** What COCO's "object detection" data format (cocodataset.org) says of a file of annotations; detections have a score too. */
export interface CocoDocument {
  readonly info: { readonly description: string };
  readonly licenses: readonly never[];
  readonly images: readonly {
    readonly id: number;
    readonly file_name: string;
    readonly width: number;
    readonly height: number;
  }[];
  readonly annotations: readonly {
    readonly id: number;
    readonly image_id: number;
    readonly category_id: number;
    /** Polygons x1, y1, x2, y2, ... */
    readonly segmentation: readonly (readonly number[])[];
    readonly area: number;
    /** x, y, width, height, from 0. */
    readonly bbox: readonly [number, number, number, number];
    readonly iscrowd: 0;
    readonly score: number;
    /** Beyond the format: the core's box, as `bbox`, and the peak's pixel, [x, y]. */
    readonly core_bbox: readonly [number, number, number, number];
    readonly peak_at: readonly [number, number];
  }[];
  readonly categories: readonly {
    readonly id: number;
    readonly name: string;
    readonly supercategory: string;
  }[];
}

const DEFECT = { id: 1, name: "defect", supercategory: "defect" };

/**
 * Images and regions as a COCO file; a region's score is its peak. COCO's polygons cannot say holes, since several of one annotation
 * are joined: the outline alone is given, and `area` counts the region's own pixels. Coordinates are pixel corners, as
 * COCO's boxes have them. Ids count from 1.
 */
export function cocoDocument(images: readonly CocoSource[], description: string): CocoDocument {
  const found = images.flatMap(({ regions }, i) => regions.map((region) => ({ image: i + 1, ...region })));
  return {
    info: { description },
    licenses: [],
    images: images.map(({ name, width, height }, i) => ({ id: i + 1, file_name: name, width, height })),
    annotations: found.map(({ image, contour, peak, peakAt, core, ...region }, i) => ({
      id: i + 1,
      image_id: image,
      category_id: DEFECT.id,
      segmentation: contour === undefined ? [] : [contour.outer.flat()],
      area: region.area,
      bbox: boxOf(region),
      iscrowd: 0,
      score: peak,
      core_bbox: boxOf(core),
      peak_at: [peakAt.x, peakAt.y],
    })),
    categories: [DEFECT],
  };
}

function boxOf({ x, y, width, height }: RegionBox): readonly [number, number, number, number] {
  return [x, y, width, height];
}
