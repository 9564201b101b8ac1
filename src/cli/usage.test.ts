import { describe, expect, test } from "vitest";
import { VERSION } from "../version.ts";
import { capture } from "./testing/capture.ts";

const COMMANDS = [
  "demo",
  "train",
  "evaluate",
  "inspect",
  "calibrate",
  "verify",
  "export",
  "benchmark",
  "ablate",
  "stress",
  "backbones",
  "doctor",
];

describe("help", () => {
  test.each([[[]], [["--help"]], [["help"]], [["help", "help"]]])("%j lists the commands", async (args) => {
    const { code, stdout, stderr } = await capture(args);
    expect([code, stderr]).toEqual([0, ""]);
    for (const command of COMMANDS) expect(stdout).toMatch(new RegExp(`^  ${command} `, "m"));
  });

  test.each(COMMANDS)("%s has examples, and the options that all have", async (command) => {
    const { code, stdout } = await capture([command, "--help"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(new RegExp(`Examples:\n  rsad ${command}`));
    for (const option of ["--json", "--quiet", "--debug"]) expect(stdout).toContain(option);
  });

  test("--version", async () => {
    expect(await capture(["--version"])).toEqual({ code: 0, stdout: `${VERSION}\n`, stderr: "" });
  });
});

describe("wrong arguments end with 2, one message and a hint", () => {
  test.each([
    [["trian", "x"], "a known command for `rsad` but received trian", "Did you mean train?"],
    [
      ["train", "x", "--sede", "3"],
      "a known option for `rsad train` but received --sede",
      "Did you mean --seed?",
    ],
    [["train"], "the argument <dir> for `rsad train` but received nothing", "`rsad train --help`"],
    [["train", "a", "b"], "1 argument for `rsad train` but received 2", "`rsad train --help`"],
    [["help", "inspct"], "a known command for `rsad help` but received inspct", "Did you mean inspect?"],
    [
      ["backbones", "help", "lst"],
      "a known command for `rsad backbones help` but received lst",
      "Did you mean list?",
    ],
    [
      ["--quiet", "inspect", "m", "i"],
      "a known option for `rsad` but received --quiet",
      "Options stand after the command.",
    ],
    [["inspect", "m", ""], "a value for an argument but received an empty text", "not set"],
    [["train", "a", "--out", ""], "a value for --out <dir> but received an empty text", "not set"],
    [
      ["calibrate", "m", "d", "--out", "--force"],
      "a value for --out <file> but received the option --force",
      "./--force",
    ],
    [
      ["export", "--full", "model.onnx"],
      "the argument <model> for `rsad export` but received nothing",
      "--full has taken model.onnx for its own. Name it before --full.",
    ],
    [["train", "a", "--seed"], "a value for --seed <n> but received nothing", "`rsad train --help`"],
    [["train", "a", "--seed", "1.5"], "a whole number of at least 0 for --seed but received 1.5", "--seed 1"],
    [
      ["train", "a", "--threads", "0"],
      "a whole number of at least 1 for --threads but received 0",
      "--threads 2",
    ],
    [
      ["inspect", "m", "i", "--threads", "100000"],
      "a whole number of at most 1024 for --threads but received 100000",
      "--threads 2",
    ],
    [
      ["export", "m", "--full", "--threads", "2"],
      "--precision beside it for --threads but received none",
      "Nothing is computed",
    ],
    [["evaluate", "m", "d", "--device", "gpu"], "cpu or cuda or", "Devices go by what drives them"],
    [["train", "a", "--set", "batch"], "field=value for --set but received batch", "noise.deviation"],
    [["train", "a", "--set", "bach=3"], "one of the fields name, preprocessing", "docs/method.md"],
    [
      ["train", "a", "--recipe", "best"],
      "default, noise, paper, simplenet, patchcore, padim, dfm for recipe but received best",
      "single fields",
    ],
    [
      ["train", "a", "--recipe", "hybrid"],
      "default, noise, paper, simplenet, patchcore, padim, dfm for recipe but received hybrid",
      "hybrid is a method, whose recipe is default.",
    ],
    [
      ["train", "a", "--method", "default"],
      "hybrid or rsad or simplenet or patchcore or padim or dfm for --method but received default",
      "default is a recipe of the method hybrid: --recipe default.",
    ],
    [
      ["train", "a", "--set", "length.epochs=3"],
      "the field length.steps for the recipe default but received length.epochs",
      "docs/method.md",
    ],
    [
      ["train", "a", "--taps", "x"],
      "no option of a backbone without a backbone for taps but received x",
      "Name a backbone",
    ],
    [
      ["train", "a", "--recipe", "paper", "--false-reject", "1%"],
      "good images held out of training for --false-reject but received a recipe that holds none out",
      "--set holdout=0.1",
    ],
    [["ablate", "custom", "a", "--sweeps", "layers,colour"], "parts or layers or", "--sweeps parts"],
    [
      ["ablate", "custom", "a", "--sweeps", "layers,aligner"],
      "of the sweeps of the recipe default, parts, layers, neighbourhood, sigma, switches, for --sweeps but received aligner",
      "It is a sweep of noise and paper: --recipe noise.",
    ],
    [
      ["ablate", "custom", "a", "--recipe", "rsad"],
      "default or noise or paper for --recipe but received rsad",
      "rsad is a method, whose recipes are noise, paper.",
    ],
    [["ablate", "custom", "a", "--set", "bach=3"], "one of the fields name, preprocessing", "docs/method.md"],
    [
      ["ablate", "custom", "a", "--train-images", "10,3"],
      "a whole number of at least 4 for --train-images but received 3",
      "--train-images 5",
    ],
    [["ablate", "custom", "a", "--methods", "padim"], "--train-images beside it", "--train-images 10,20,50"],
    [["stress", "a", "--classes", "still,fog"], "still, rotation, position", "<factor>_shift"],
    [["backbones"], "a command for `rsad backbones` but received nothing", "`rsad backbones --help`"],
    [["backbones", "pul"], "a known command for `rsad backbones` but received pul", "Did you mean pull?"],
    [
      ["backbones", "pull"],
      "the argument <name> for `rsad backbones pull` but received nothing",
      "`rsad backbones pull --help`",
    ],
    [["train", "a", "--resume", "--force"], "one of --force and --resume", "Leave one out"],
    [["inspect", "m", "i", "--maps", "gif"], "npy or tiff for --maps but received gif", "--maps npy"],
    [["inspect", "m", "i", "--threshold", "high"], "a number for --threshold but received high", "0.5"],
    [
      ["benchmark", "mpd", "d"],
      "mpdd, mvtec, visa, pcb-bank, custom for the suite but received mpd",
      "Did you mean mpdd?",
    ],
    [["benchmark", "custom"], "the argument <dir> for `rsad benchmark` but", "`rsad benchmark --help`"],
    [
      ["benchmark", "custom", "d", "--methods", "paper,best"],
      "default, noise, paper, simplenet, patchcore, padim, dfm for --methods but received best",
      "paper",
    ],
    [
      ["benchmark", "custom", "d", "--methods", "hybrid"],
      "default, noise, paper, simplenet, patchcore, padim, dfm for --methods but received hybrid",
      "hybrid is a method, whose recipe is default.",
    ],
    [
      ["benchmark", "custom", "d", "--methods", "dfm,dfm"],
      "each method once for --methods but received dfm",
      "methods",
    ],
    [
      ["benchmark", "custom", "d", "--set", "length.steps=3"],
      "METHOD:field=value for --set but received length.steps=3",
      "--set paper:",
    ],
    [
      ["benchmark", "custom", "d", "--methods", "dfm", "--set", "paper:batch=3"],
      "a field of one of the methods dfm for --set but received paper",
      "methods",
    ],
    [
      ["benchmark", "custom", "d", "--memory", "much"],
      "an amount of memory with its unit, such as 8GB or 800MB for --memory but",
      "--memory 8GB",
    ],
    [
      ["benchmark", "custom", "d", "--shard", "3/2"],
      "the number of a part and how many there are, from 1/n to n/n for --shard",
      "--shard 2/8",
    ],
    [["benchmark", "merge", "all", "none"], "the output folder of a benchmark for none but", "--out"],
  ])("%j", async (args, message, hint) => {
    const { code, stdout, stderr } = await capture(args);
    expect([code, stdout]).toEqual([2, ""]);
    const [first, second, ...rest] = stderr.split("\n");
    expect(first).toContain(`RSAD_ARGUMENT_INVALID: Expected ${message}`);
    expect(second).toMatch(/^Hint: /);
    expect(second).toContain(hint);
    expect(rest).toEqual([""]);
  });

  test("with --json the error is a document on stdout too", async () => {
    const { code, stdout } = await capture(["train", "--json"]);
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toEqual({
      error: {
        code: "RSAD_ARGUMENT_INVALID",
        message: expect.stringContaining("<dir>"),
        hint: expect.stringContaining("--help"),
      },
    });
  });
});

describe("error output", () => {
  test("--debug adds the stack", async () => {
    const plain = await capture(["evaluate", "nowhere.onnx", "nowhere"]);
    expect(plain.stderr).not.toMatch(/^\s+at /m);
    const debug = await capture(["evaluate", "nowhere.onnx", "nowhere", "--debug"]);
    expect(debug.stderr).toMatch(/^\s+at /m);
    expect(debug.stderr).toContain("caused by Error: ENOENT");
  });

  test("is red where colour is allowed", async () => {
    const { stderr } = await capture(["train"]);
    expect(stderr).not.toContain("\u001b");
    const coloured = await capture(["train"], { colour: true });
    expect(coloured.stderr.startsWith("\u001b[31mRSAD_ARGUMENT_INVALID")).toBe(true);
  });
});
