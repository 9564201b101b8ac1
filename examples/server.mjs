// Says of every image that is sent to it whether it is defective, and where:
//
//   node examples/server.mjs rsad-parts/model.onnx 8080
//   curl --data-binary @part.png http://localhost:8080
//
// It answers this machine alone, as long as it listens on localhost.
import { createServer } from "node:http";
import { buffer } from "node:stream/consumers";
import { decodeImage, inspect, load, RsadError } from "rsad";

const LARGEST = 64 * 2 ** 20;
const [file, port = "8080"] = process.argv.slice(2);
const model = await load(file, { background: true });

async function answer(request) {
  const length = Number(request.headers["content-length"]);
  if (!(length > 0 && length <= LARGEST)) return [400, { message: "Send an image file of at most 64 MiB." }];
  try {
    const { map, ...inspection } = await inspect(model, await decodeImage(await buffer(request)));
    return [200, inspection];
  } catch (error) {
    if (!(error instanceof RsadError)) return [500, { message: "The image could not be inspected." }];
    const { code, message, hint } = error;
    return [code === "RSAD_IMAGE_INVALID" ? 400 : 500, { code, message, hint }];
  }
}

const server = createServer(async (request, response) => {
  const [status, body] = await answer(request);
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
});
server.listen(Number(port), "localhost", () =>
  console.log(`http://localhost:${server.address().port} inspects images by ${file}`),
);
process.once("SIGTERM", () => server.close(() => model.close()));
