import { describe, expect, test } from "vitest";
import { type DecideRequest, decide } from "./decide.ts";

const oneTo = (n: number) => Array.from({ length: n }, (_, i) => i + 1);
const request = (rest: Partial<DecideRequest>): DecideRequest => ({
  decision: "false-reject",
  good: { scores: oneTo(99), pixel: 7 },
  defects: [],
  falseReject: undefined,
  miss: 0.05,
  origin: "of a test",
  ...rest,
});

test("good images alone decide by default, and it is said where they come from", () => {
  const { image, pixel, rule, count, falseReject, review } = decide(request({ defects: [50] }));
  expect(image).toBeGreaterThan(99);
  expect(image).toBeLessThan(99.001);
  expect([pixel, count, review]).toEqual([7, 99, undefined]);
  expect(rule).toContain("99 good images of a test");
  expect(falseReject).toMatchObject({ asked: 0.01, promised: 0.01 });
});

test("the best F1 score promises nothing: it was chosen by these scores", () => {
  const { image, pixel, falseReject, rule } = decide(
    request({ decision: "best-f1", defects: [5, 98, 120], falseReject: 0.2 }),
  );
  // Good ones score 97 and 98, a defect 98.
  expect([image, pixel]).toEqual([97.5, 7]);
  expect(falseReject).toBeUndefined();
  expect(rule).toContain("promises nothing");
});

describe("with review", () => {
  const defects = [60, ...oneTo(18).map((i) => 200 + i)];

  test("images between what defects miss and what good ones reach are for a person", () => {
    const { image, review, rule } = decide(request({ decision: "review", defects }));
    expect(image).toBeGreaterThan(99);
    expect(review).toBe(60);
    expect(rule).toContain("at most 5 % of defects like these 19");
  });

  test("nothing is left to review where one threshold keeps both promises", () => {
    const { review, rule } = decide(request({ decision: "review", defects: defects.map((d) => d + 100) }));
    expect(review).toBeUndefined();
    expect(rule).toContain("nothing is left to review");
  });

  test.each([
    [0.05, 18, /at least 19 defective/],
    [0.01, 98, /at least 99 defective/],
    [0.05, 0, /at least 19 defective/],
  ])("a miss of %d cannot be promised with %i defects", (miss, count, told) => {
    const few = request({ decision: "review", defects: oneTo(count), miss });
    expect(() => decide(few)).toThrow(told);
  });
});
