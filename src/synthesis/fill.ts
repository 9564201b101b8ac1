/** What a defect is made of: writes the colour at a pixel of the frame, [3], 0..255 but not clipped. */
export type Fill = (y: number, x: number, colour: Float32Array) => void;
