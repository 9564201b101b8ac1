import type { Files } from "./files.ts";
import { tinyMask, tinyPhoto } from "./tiny-images.ts";

/** How a class's files are called: `normal(0)`, `anomaly(0)`; masks are called as their images, with .png. */
interface Naming {
  readonly normal: (i: number) => string;
  readonly anomaly: (i: number) => string;
}

const digits = (count: number, i: number) => String(i).padStart(count, "0");
const FOUR: Naming = { normal: (i) => `${digits(4, i)}.JPG`, anomaly: (i) => `${digits(3, i)}.JPG` };
const THREE: Naming = { normal: (i) => `${digits(3, i)}.JPG`, anomaly: (i) => `${digits(3, i)}.JPG` };
const REAL_IAD: Naming = {
  normal: (i) => `pcb_${digits(4, i)}_OK_C1_20231028.jpg`,
  anomaly: (i) => `pcb_${digits(4, i)}_NG_HS_C1_20231028.jpg`,
};
const VISION: Naming = { normal: (i) => `${digits(6, i)}_6.jpg`, anomaly: (i) => `${digits(6, i)}_4.jpg` };

export const VISA_NAMES = {
  candle: FOUR,
  capsules: THREE,
  cashew: THREE,
  chewinggum: THREE,
  fryum: THREE,
  macaroni1: FOUR,
  macaroni2: FOUR,
  pcb1: FOUR,
  pcb2: FOUR,
  pcb3: FOUR,
  pcb4: FOUR,
  pipe_fryum: THREE,
};

export const PCB_BANK_NAMES = {
  pcb1: FOUR,
  pcb2: FOUR,
  pcb3: FOUR,
  pcb4: FOUR,
  pcb5: REAL_IAD,
  pcb6: VISION,
  pcb7: VISION,
};

const HEADING = "object,split,label,image,mask";

/**
 * Each class with four training images, two good test images and two defects, whose masks number the kinds of defect. The
 * split file has the line ends of the published ones, CR LF.
 */
export async function visaMiniature(
  names: Readonly<Record<string, Naming>>,
  splitFile: string,
): Promise<Files> {
  const files: Files = {};
  const rows = [HEADING];
  let number = 0;
  const photo = async (name: string) => {
    files[name] = await tinyPhoto(name, number++);
    return name;
  };
  for (const [name, { normal, anomaly }] of Object.entries(names)) {
    const data = `${name}/Data`;
    for (let i = 0; i < 6; i++) {
      const image = await photo(`${data}/Images/Normal/${normal(i)}`);
      rows.push(`${name},${i < 4 ? "train" : "test"},normal,${image},`);
    }
    for (let i = 0; i < 2; i++) {
      const image = await photo(`${data}/Images/Anomaly/${anomaly(i)}`);
      const mask = `${data}/Masks/Anomaly/${anomaly(i).replace(/\.\w+$/, ".png")}`;
      files[mask] = await tinyMask(i + 1);
      rows.push(`${name},test,anomaly,${image},${mask}`);
    }
    files[`${name}/image_anno.csv`] = "image,label,mask\r\n";
  }
  files[splitFile] = `${rows.join("\r\n")}\r\n`;
  return files;
}

/** The rows with each of these texts replaced, once. */
export function changedRows(files: Files, splitFile: string, ...changes: readonly [string, string][]): Files {
  let text = String(files[splitFile]);
  for (const [before, after] of changes) {
    if (!text.includes(before)) throw new Error(`the split file has no ${before}`);
    text = text.replace(before, () => after);
  }
  return { ...files, [splitFile]: text };
}
