import { Command, InvalidArgumentError } from "commander";

const HELP = `
Every figure is a rate measured in this run, between two measurements of the bare matrix product on either side, whose rate
it is compared with: "share of MatMul" is the figure to look at, for it depends little on the machine and on what else runs there.

FLOPs are twice the terms of all matrix products and convolutions that a graph really has (bench/flops.mjs). The training
step's "textbook" FLOPs add what this project saves: the discriminator's first layer is applied to features and noise
apart, so that its input gradient is computed for the clean rows alone.

The training steps run on generated features of a ResNet-50's sizes (1536 channels), --backbone or not.

Examples:
  npm run bench
  node bench/run.mjs --data bottle --backbone resnet50.onnx --taps layer2,layer3 \\
    --channels bgr --scale 1 --mean 103.939,116.779,123.68 --std 1,1,1
`;

export const wholeNumber = (text) => {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw new InvalidArgumentError("It must be a whole number of at least 1.");
};

export function parseOptions() {
  return new Command("bench")
    .description("Measures speed and memory, after `npm run build`.")
    .option("--threads <n>", "threads of the runtime", wholeNumber, 2)
    .option("--rounds <n>", "times that everything is measured", wholeNumber, 5)
    .option("--data <dir>", "images to measure the peak memory of training with (default: generated)")
    .option("--memory-steps <n>", "training steps taken for it", wholeNumber, 20)
    .option(
      "--backbone <file>",
      "an ONNX file, or a JSON file that describes one (default: the embedded network)",
    )
    .option("--taps <names>", "its tensors to take features from, separated by commas")
    .option("--channels <order>", "its channel order: rgb or bgr")
    .option("--scale <factor>", "what it wants pixel values multiplied by")
    .option("--mean <a,b,c>", "then subtracted, per channel")
    .option("--std <a,b,c>", "then divided by, per channel")
    .option("--json", "print one JSON document")
    .addHelpText("after", HELP)
    .parse()
    .opts();
}

/** The backbone's options as `rsad train` takes them. */
export function backboneArguments(options) {
  return ["backbone", "taps", "channels", "scale", "mean", "std"].flatMap((name) =>
    options[name] === undefined ? [] : [`--${name}`, options[name]],
  );
}
