/** Trains on the request given as JSON, as the first argument, and says on stdout how far it is: one line a step. */
import { type TrainRequest, train } from "../../src/detectors/index.ts";

const request = JSON.parse(process.argv[2]!) as TrainRequest;
await train({
  ...request,
  onProgress: ({ phase, done, total }) => process.stdout.write(`${phase} ${done} ${total}\n`),
});
