import { createServer, type Server } from "node:http";
import { type AddressInfo, connect } from "node:net";

/** A proxy on this machine that tunnels by CONNECT and keeps where to. */
export class TunnelProxy {
  readonly targets: string[] = [];
  readonly #server: Server;

  constructor() {
    this.#server = createServer((_, response) => response.writeHead(405).end());
    this.#server.on("connect", (request, client, head) => {
      this.targets.push(request.url!);
      const [host, port] = request.url!.split(":");
      const upstream = connect(Number(port), host, () => {
        client.write("HTTP/1.1 200 OK\r\n\r\n");
        upstream.write(head);
        upstream.pipe(client).pipe(upstream);
      });
      upstream.on("error", () => client.destroy());
      client.on("error", () => upstream.destroy());
    });
  }

  async listen(): Promise<void> {
    await new Promise<void>((done) => this.#server.listen(0, "127.0.0.1", done));
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((done) => this.#server.close(done));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }
}
