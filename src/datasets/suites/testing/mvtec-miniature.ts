import type { Files } from "./files.ts";
import { tinyMask, tinyPhoto } from "./tiny-images.ts";

/** Names of defect folders as in the real data sets, some of each class. */
export const MVTEC_TYPES = {
  carpet: ["color", "cut"],
  grid: ["bent", "glue"],
  leather: ["fold", "poke"],
  tile: ["crack", "oil"],
  wood: ["hole", "liquid"],
  bottle: ["broken_large", "broken_small"],
  cable: ["bent_wire", "cable_swap"],
  capsule: ["poke", "squeeze"],
  hazelnut: ["cut", "print"],
  metal_nut: ["bent", "color"],
  pill: ["crack", "pill_type"],
  screw: ["scratch_head", "thread_top"],
  toothbrush: ["defective"],
  transistor: ["bent_lead", "misplaced"],
  zipper: ["broken_teeth", "split_teeth"],
} as const;

export const MPDD_TYPES = {
  bracket_black: ["hole", "scratches"],
  bracket_brown: ["bend_and_parts_mismatch", "parts_mismatch"],
  bracket_white: ["defective_painting", "scratches"],
  connector: ["parts_mismatch"],
  metal_plate: ["major_rust", "scratches", "total_rust"],
  tubes: ["anomalous"],
} as const;

/** Each class with four training images, two good test images and two of each defect, with masks. */
export async function mvtecMiniature(types: Readonly<Record<string, readonly string[]>>): Promise<Files> {
  const files: Files = {};
  let number = 0;
  const photo = async (name: string) => {
    files[name] = await tinyPhoto(name, number++);
  };
  for (const [name, defects] of Object.entries(types)) {
    for (const i of ["000", "001", "002", "003"]) await photo(`${name}/train/good/${i}.png`);
    for (const i of ["000", "001"]) {
      await photo(`${name}/test/good/${i}.png`);
      for (const type of defects) {
        await photo(`${name}/test/${type}/${i}.png`);
        files[`${name}/ground_truth/${type}/${i}_mask.png`] = await tinyMask(255);
      }
    }
  }
  return files;
}
