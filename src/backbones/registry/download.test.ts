import { access, mkdtemp, open, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { RsadError } from "../../errors.ts";
import { download } from "./download.ts";
import type { KnownFile } from "./known-weights.ts";
import { FileServer } from "./testing/file-server.ts";
import { knownFile, sha256Of, tinyFile, withoutProxies } from "./testing/tiny.ts";
import { TunnelProxy } from "./testing/tunnel-proxy.ts";

const content = tinyFile(1, 300_000);
const half = 150_000;
let folder: string;
let part: string;
let server: FileServer;
let file: KnownFile;
beforeEach(async () => {
  withoutProxies();
  folder = await mkdtemp(join(tmpdir(), "rsad-download-"));
  part = join(folder, "tiny.part");
  server = new FileServer(content);
  await server.listen();
  file = knownFile(content, server.url);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await server.close();
  await rm(folder, { recursive: true });
});

const there = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  );

async function expectWhole(): Promise<void> {
  expect(await download(file, part, { name: "tiny" })).toBe(file.sha256);
  expect((await readFile(part)).equals(content)).toBe(true);
}

async function expectFailure(received: unknown, keeps: boolean, timeout = 30_000): Promise<RsadError> {
  const error = await download(file, part, { name: "tiny", timeout }).catch((error: unknown) => error);
  expect(error).toMatchObject({
    code: "RSAD_DOWNLOAD_FAILED",
    subject: file.url,
    received,
    hint: expect.stringContaining(
      `etch ${file.url} on a machine that reaches it, copy the file here, and run \`rsad backbones add tiny weights.safetensors\`.`,
    ),
  });
  expect(await there(part)).toBe(keeps);
  expect(await there(`${part}.json`)).toBe(keeps);
  return error as RsadError;
}

/** Leaves half the file, as an interruption does. */
async function interrupt(): Promise<void> {
  const stop = new AbortController();
  server.stallAfter = half;
  const onBytes = (bytes: number) => bytes >= half && stop.abort();
  const interrupted = download(file, part, { name: "tiny", signal: stop.signal, onBytes });
  await expect(interrupted).rejects.toThrow(stop.signal.reason);
  expect((await stat(part)).size).toBe(half);
  server.stallAfter = undefined;
  server.requests.length = 0;
}

describe("the whole file", () => {
  test("arrives", async () => {
    await expectWhole();
    expect(server.requests).toMatchObject([{ "accept-encoding": "identity" }]);
  });

  test("arrives from where a redirect leads", async () => {
    server.redirect = `http://localhost:${server.port}/moved`;
    await expectWhole();
    expect(server.requests).toHaveLength(2);
  });

  test("arrives without a length", async () => {
    server.tellsLength = false;
    await expectWhole();
  });

  test("arrives where only its rounded size and the start of its hash are known", async () => {
    file = { ...file, size: { mebibytes: 0.286 }, sha256: file.sha256.slice(0, 8) };
    expect(await download(file, part, { name: "tiny" })).toBe(sha256Of(content));
  });
});

describe("an interrupted download", () => {
  test("goes on where it stopped", async () => {
    await interrupt();
    await expectWhole();
    expect(server.requests).toMatchObject([{ range: `bytes=${half}-`, "if-range": '"1"' }]);
  });

  test("is taken up within the same call where the connection breaks", async () => {
    server.cutAfter = half;
    await expectWhole();
    expect(server.requests).toMatchObject([{}, { range: `bytes=${half}-` }]);
  });

  test("needs no server where everything had arrived", async () => {
    await expectWhole();
    server.requests.length = 0;
    await expectWhole();
    expect(server.requests).toEqual([]);
  });

  test("starts anew where the server knows no ranges", async () => {
    await interrupt();
    server.ranges = false;
    await expectWhole();
  });

  test("starts anew where the file has changed meanwhile", async () => {
    server.content = tinyFile(2, 300_000);
    await interrupt();
    server.content = content;
    server.etag = '"2"';
    await expectWhole();
    expect(server.requests).toMatchObject([{ "if-range": '"1"' }]);
  });

  test("starts anew where the server goes on with another file", async () => {
    server.content = tinyFile(2, 300_001);
    server.tellsLength = false;
    await interrupt();
    server.minds = false;
    server.tellsLength = true;
    const other = download(file, part, { name: "tiny" });
    await expect(other).rejects.toMatchObject({ code: "RSAD_DOWNLOAD_FAILED", received: 300_001 });
    server.content = content;
    await expectWhole();
  });

  test("starts anew where the server has no more bytes", async () => {
    await interrupt();
    server.minds = false;
    server.content = content.subarray(0, 1000);
    await expectFailure(1000, false);
    expect(server.requests).toMatchObject([{ range: `bytes=${half}-` }, {}]);
  });

  test("starts anew without a validator, with another address, or with what is no part of it", async () => {
    server.etag = undefined;
    await interrupt();
    await expectWhole();
    expect(server.requests[0]).not.toHaveProperty("range");

    await writeFile(part, "something else");
    await writeFile(`${part}.json`, JSON.stringify({ url: "http://other", validator: '"1"' }));
    await expectWhole();
    await writeFile(part, Buffer.alloc(content.length + 10));
    await writeFile(`${part}.json`, JSON.stringify({ url: file.url, validator: '"1"' }));
    await expectWhole();
  });

  test("is kept where the server refuses for a while, and where something else answers", async () => {
    await interrupt();
    server.status = 503;
    await expectFailure("HTTP status 503", true);
    server.status = undefined;
    server.ranges = false;
    server.content = new TextEncoder().encode("<html>Sign in first</html>");
    await expectFailure(26, true);
    server.ranges = true;
    server.content = content;
    server.requests.length = 0;
    await expectWhole();
    expect(server.requests).toMatchObject([{ range: `bytes=${half}-` }]);
  });
});

describe("what is not the file is refused, and not kept", () => {
  test("another hash", async () => {
    server.content = tinyFile(2, 300_000);
    await expectFailure(sha256Of(server.content), false);
  });

  test.each([
    ["too long", 300_001, true],
    ["too short", 299_999, true],
  ])("%s, as its length says", async (_, length) => {
    server.content = tinyFile(1, length);
    await expectFailure(length, false);
  });

  test("too long, without a length: no more than the size is ever written", async () => {
    server.tellsLength = false;
    server.content = tinyFile(1, 3_000_000);
    const sizes: number[] = [];
    const onBytes = (bytes: number) => sizes.push(bytes);
    await expect(download(file, part, { name: "tiny", onBytes })).rejects.toMatchObject({ received: "more" });
    expect(Math.max(...sizes)).toBeLessThanOrEqual(content.length);
    expect(await there(part)).toBe(false);
  });

  test("too short, without a length", async () => {
    server.tellsLength = false;
    server.content = tinyFile(1, 1000);
    await expectFailure(1000, false);
  });

  test("404", async () => {
    server.status = 404;
    await expectFailure("HTTP status 404", false);
  });

  test("a redirect without end", async () => {
    server.redirect = server.url;
    await expectFailure(expect.anything(), false);
    expect(server.requests.length).toBeLessThan(10);
  });
});

describe("a host that cannot be reached", () => {
  test("refuses the connection", async () => {
    const { url } = server;
    await server.close();
    file = knownFile(content, url);
    const { hint } = await expectFailure(expect.stringContaining("ECONNREFUSED"), false);
    expect(hint).toMatch(/^Run the command again; behind a proxy, set HTTPS_PROXY\./);
    await server.listen();
  });

  test("does not answer", async () => {
    server.stallAfter = 0;
    await expectFailure("nothing arrived for 0.3 s", false, 300);
  });

  test("falls silent: what has arrived is kept", async () => {
    server.stallAfter = half;
    server.ranges = false;
    const { hint } = await expectFailure("nothing arrived for 1.5 s", true, 1500);
    expect(hint).toMatch(/^Run the command again to go on where it stopped;/);
  });
});

describe("proxies", () => {
  let proxy: TunnelProxy;
  beforeEach(async () => {
    proxy = new TunnelProxy();
    await proxy.listen();
  });
  afterEach(() => proxy.close());

  test("the one that the variable names is used", async () => {
    vi.stubEnv("http_proxy", proxy.url);
    await expectWhole();
    expect(proxy.targets).toEqual([`127.0.0.1:${server.port}`]);
  });

  test("hosts in NO_PROXY are asked directly", async () => {
    vi.stubEnv("http_proxy", proxy.url);
    vi.stubEnv("no_proxy", "example.com,127.0.0.1");
    await expectWhole();
    expect(proxy.targets).toEqual([]);
  });

  test("one that is not there, and one that is none", async () => {
    vi.stubEnv("http_proxy", "http://127.0.0.1:1");
    await expectFailure(expect.stringContaining("ECONNREFUSED"), false);
    vi.stubEnv("http_proxy", "proxy");
    await expect(download(file, part, { name: "tiny" })).rejects.toMatchObject({
      code: "RSAD_ARGUMENT_INVALID",
      hint: expect.stringContaining("http://proxy.example:8080"),
    });
  });
});

describe("the disk", () => {
  test("is full", async () => {
    const handle = await open(join(folder, "any"), "w");
    const write = vi.spyOn(Object.getPrototypeOf(handle), "write");
    await handle.close();
    write.mockRejectedValueOnce(Object.assign(new Error("no room"), { code: "ENOSPC" }));
    await expect(download(file, part, { name: "tiny" })).rejects.toMatchObject({ code: "RSAD_DISK_FULL" });
    write.mockRestore();
  });

  test("cannot read what is there: the file is not left open", async () => {
    await interrupt();
    const handle = await open(part, "r");
    const read = vi.spyOn(Object.getPrototypeOf(handle), "read");
    await handle.close();
    let used: { fd: number } | undefined;
    read.mockImplementationOnce(async function (this: { fd: number }) {
      used = this;
      throw Object.assign(new Error("a bad sector"), { code: "EIO" });
    });
    await expect(download(file, part, { name: "tiny" })).rejects.toMatchObject({ code: "RSAD_FILE_FAILED" });
    expect(used?.fd).toBe(-1);
    vi.restoreAllMocks();
  });

  test.skipIf(process.platform === "win32")("has a link in the way, which is not followed", async () => {
    const other = join(folder, "other");
    for (const state of [undefined, JSON.stringify({ url: file.url, validator: '"1"' })]) {
      await rm(part, { force: true });
      await writeFile(other, "precious");
      await symlink(other, part);
      if (state !== undefined) await writeFile(`${part}.json`, state);
      await expectWhole();
      expect(await readFile(other, "utf8")).toBe("precious");
    }
  });

  test("has no room for a file of this size, which is not begun then", async () => {
    file = { ...file, size: { bytes: 2 ** 52 } };
    await expect(download(file, part, { name: "tiny" })).rejects.toMatchObject({ code: "RSAD_DISK_FULL" });
    expect(server.requests).toEqual([]);
  });

  test("has something else in the way", async () => {
    const inTheWay = join(folder, "file");
    await writeFile(inTheWay, "");
    const failed = download(file, join(inTheWay, "tiny.part"), { name: "tiny" });
    await expect(failed).rejects.toMatchObject({ code: "RSAD_FILE_MISSING" });
  });
});
