/** The qualitative figure, and what it shows, in words. */
export interface Figure {
  readonly png: Uint8Array;
  readonly caption: string;
}
