/** Trains on the request given as JSON, as the first argument, saving every step, and says on stdout how far it is: one line a step. */
import { type TrainRequest, trainWith } from "../../src/detectors/index.ts";
import type { Progress } from "../../src/progress.ts";

const request = JSON.parse(process.argv[2]!) as TrainRequest;
const onProgress = ({ phase, done, total }: Progress) => process.stdout.write(`${phase} ${done} ${total}\n`);
await trainWith({ ...request, onProgress }, { checkpointSeconds: 0 });
