import { expect, test } from "vitest";
import { parseMethodSettings } from "./method-settings.ts";

test("settings are gathered by method", () => {
  expect(parseMethodSettings(["paper:length.steps=15", "padim:dimensions=8", "paper:batch=2"])).toEqual({
    paper: { "length.steps": 15, batch: 2 },
    padim: { dimensions: 8 },
  });
});

test.each(["length.steps=15", "paper:length.steps", "paper.length=15", "paper:=15"])(
  "%j is none, and the example names a method",
  (setting) => {
    expect(() => parseMethodSettings([setting])).toThrow(
      expect.objectContaining({ subject: "--set", received: setting, hint: expect.stringMatching(/\w:\w/) }),
    );
  },
);
