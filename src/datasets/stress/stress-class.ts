/** What a class of the stress suite lets vary from photo to photo. */
export const FACTORS = ["rotation", "position", "motion_blur", "background", "light"] as const;
export type Factor = (typeof FACTORS)[number];

/** Which factors vary among the training photos and which among the test photos, good and defective alike. */
export interface StressClass {
  readonly train: readonly Factor[];
  readonly test: readonly Factor[];
}

const both = (factors: readonly Factor[]): StressClass => ({ train: factors, test: factors });

/**
 * `still` is the control; a factor's class has that factor vary in training as in test; `combined` has all of them. The
 * class `<factor>_shift` is trained as `still` and tested as the factor: what happens if a camera, a lamp or a fixture
 * changes after training.
 */
export const STRESS_CLASSES: ReadonlyMap<string, StressClass> = new Map([
  ["still", both([])],
  ...FACTORS.map((factor) => [factor, both([factor])] as const),
  ["combined", both(FACTORS)],
  ...FACTORS.map((factor) => [`${factor}_shift`, { train: [], test: [factor] }] as const),
]);

/** Without the shifts of other factors than light, which is the one that happens unnoticed. */
export const DEFAULT_STRESS_CLASSES: readonly string[] = [...STRESS_CLASSES.keys()].filter(
  (name) => !name.endsWith("_shift") || name === "light_shift",
);
