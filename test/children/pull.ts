/** Pulls the backbone `tiny`, known as the first argument says in JSON, into the folder of the second. */
import { pullBackbone } from "../../src/backbones/index.ts";

const [known, cacheDir] = process.argv.slice(2);
const { downloaded } = await pullBackbone("tiny", { known: JSON.parse(known!), cacheDir });
process.stdout.write(JSON.stringify({ downloaded }));
