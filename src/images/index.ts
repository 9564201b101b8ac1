export { decodeImage } from "./decode-image.ts";
export { decodeMask } from "./decode-mask.ts";
export { encodeMaskPng, encodePng } from "./encode-png.ts";
export { IMAGE_EXTENSIONS, isImageFile } from "./extensions.ts";
export type { AnomalyMap, Image, Mask } from "./image.ts";
export { MAX_PIXELS } from "./pixels.ts";
