import { expect, test } from "vitest";
import { cocoDocument } from "./coco.ts";
import { defectRegions } from "./regions.ts";

const map = {
  width: 4,
  height: 3,
  // biome-ignore format: a picture
  data: Float32Array.of(
    5, 5, 5, 0,
    5, 0, 5, 0,
    5, 5, 7, 3,
  ),
};
const regions = defectRegions(map, 4, { contours: true });
const document = cocoDocument(
  [
    { name: "line-1/a.png", width: 4, height: 3, regions: [] },
    { name: "line-1/b.png", width: 4, height: 3, regions },
  ],
  "rsad",
);

test("every annotation points at an image and a category, boxes are x, y, width, height", () => {
  const { images, categories, annotations } = document;
  expect(images.map(({ id, file_name }) => [id, file_name])).toEqual([
    [1, "line-1/a.png"],
    [2, "line-1/b.png"],
  ]);
  expect(annotations).toHaveLength(1);
  const [only] = annotations;
  expect(only).toMatchObject({ id: 1, image_id: 2, bbox: [0, 0, 3, 3], score: 7, iscrowd: 0 });
  expect(only).toMatchObject({ core_bbox: [2, 2, 1, 1], peak_at: [2, 2] });
  expect(categories).toEqual([{ id: only!.category_id, name: "defect", supercategory: "defect" }]);
});

test("the polygon is the outline, whatever holes there are; the area is that of the pixels", () => {
  const [{ segmentation, area }] = document.annotations as [(typeof document.annotations)[number]];
  expect(area).toBe(8);
  expect(segmentation).toHaveLength(1);
  const xs = segmentation[0]!.filter((_, i) => i % 2 === 0);
  const ys = segmentation[0]!.filter((_, i) => i % 2 === 1);
  expect([Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)]).toEqual([0, 3, 0, 3]);
  expect(segmentation[0]).toHaveLength(8);
});
