import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";

/** A server of one file on this machine, which can do what real ones do wrong. */
export class FileServer {
  content: Uint8Array;
  etag: string | undefined = '"1"';
  ranges = true;
  /** Whether If-Range counts. */
  minds = true;
  /** Breaks the connection after as many bytes of the body, once. */
  cutAfter: number | undefined;
  /** Sends as many bytes of the body, then nothing more, each time. */
  stallAfter: number | undefined;
  /** Says how long the body is. */
  tellsLength = true;
  status: number | undefined;
  redirect: string | undefined;
  /** Headers of the requests that came. */
  readonly requests: IncomingMessage["headers"][] = [];
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  constructor(content: Uint8Array) {
    this.content = content;
    this.#server = createServer((request, response) => this.#answer(request, response));
    this.#server.on("connection", (socket) => {
      this.#sockets.add(socket);
      socket.on("close", () => this.#sockets.delete(socket));
    });
  }

  async listen(): Promise<void> {
    await new Promise<void>((done) => this.#server.listen(0, "127.0.0.1", done));
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((done) => this.#server.close(done));
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}/weights.safetensors`;
  }

  #answer({ headers, url }: IncomingMessage, response: ServerResponse): void {
    this.requests.push(headers);
    if (this.redirect !== undefined && url !== "/moved") {
      response.writeHead(302, { location: this.redirect }).end();
      return;
    }
    if (this.status !== undefined) {
      response.writeHead(this.status).end("no");
      return;
    }
    const total = this.content.length;
    const [, from] = /^bytes=(\d+)-$/.exec(headers.range ?? "") ?? [];
    const matches = !this.minds || headers["if-range"] === this.etag;
    const start = this.ranges && from !== undefined && matches ? Number(from) : 0;
    const tag = this.etag === undefined ? {} : { etag: this.etag };
    if (start > 0 && start >= total) {
      response.writeHead(416, { "content-range": `bytes */${total}` }).end();
      return;
    }
    const body = this.content.subarray(start);
    response.writeHead(start > 0 ? 206 : 200, {
      ...tag,
      ...(this.tellsLength && { "content-length": body.length }),
      ...(start > 0 && { "content-range": `bytes ${start}-${total - 1}/${total}` }),
    });
    if (this.stallAfter !== undefined) {
      response.write(body.subarray(0, this.stallAfter));
    } else if (this.cutAfter !== undefined) {
      response.write(body.subarray(0, this.cutAfter), () => setTimeout(() => response.destroy(), 50));
      this.cutAfter = undefined;
    } else {
      response.end(body);
    }
  }
}
