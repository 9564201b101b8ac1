import { MockAgent } from "undici";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { get } from "./http.ts";

const mock = vi.hoisted(() => ({ agent: undefined as MockAgent | undefined }));
vi.mock("undici", async (original) => ({
  ...(await original<typeof import("undici")>()),
  // As `new` gives back an object that a constructor returns.
  EnvHttpProxyAgent: function EnvHttpProxyAgent() {
    return mock.agent;
  },
}));
beforeEach(() => {
  // `get` gives its agent up by `destroy`, which this one lacks.
  mock.agent = Object.assign(new MockAgent(), { destroy: async () => {} });
  mock.agent.disableNetConnect();
});
afterEach(() => mock.agent!.close());

function answer(origin: string, path: string, status: number, location?: string): void {
  const headers = location === undefined ? {} : { location };
  mock.agent!.get(origin).intercept({ path }).reply(status, "", { headers });
}
const options = { start: 0, validator: undefined, signal: undefined, timeout: 5000 };

test("a redirect from https to https is followed", async () => {
  answer("https://a.example", "/file", 302, "https://b.example/file");
  answer("https://b.example", "/file", 200);
  const response = await get("https://a.example/file", options);
  expect(response.status).toBe(200);
  await response.close();
});

test("a redirect from https to http is not", async () => {
  answer("https://a.example", "/file", 302, "https://b.example/file");
  answer("https://b.example", "/file", 302, "http://c.example/file");
  answer("http://c.example", "/file", 200);
  const response = get("https://a.example/file", options);
  await expect(response).rejects.toThrow("a redirect to http://c.example/file, which is not safe");
});
