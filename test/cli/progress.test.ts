import { expect, it } from "vitest";
import { plain } from "../../src/report/index.js";
import { pieces } from "../support/cli.js";
import type { Io } from "../../src/cli/io.js";
import { progress } from "../../src/cli/progress.js";

function fakeIo(interactive: boolean): { io: Io; lines: string[] } {
  const lines: string[] = [];
  const io: Io = {
    out: () => undefined,
    err: (text) => void lines.push(text),
    input: () => pieces([]),
    env: {},
    cwd: "/",
    interactive,
    palette: plain,
    ask: () => Promise.resolve(undefined),
    interrupted: () => Promise.resolve(),
  };
  return { io, lines };
}

it("says nothing about work shorter than a second", () => {
  const { io, lines } = fakeIo(true);
  let now = 0;
  const line = progress(io, false, () => now);
  now = 900;
  line.step("reading", 1, 2);
  line.end();
  expect(lines).toEqual([]);
});

it("rewrites one line on a terminal and takes it away", () => {
  const { io, lines } = fakeIo(true);
  let now = 0;
  const line = progress(io, false, () => now);
  now = 1_100;
  line.step("reading", 1, 3);
  now = 1_150;
  line.step("reading", 2, 3);
  now = 1_300;
  line.step("reading", 3, 3);
  line.end();
  expect(lines).toEqual(["\r\u001b[2Kreading 1/3", "\r\u001b[2Kreading 3/3", "\r\u001b[2K"]);
});

it("writes a line a step into a log", () => {
  const { io, lines } = fakeIo(false);
  let now = 0;
  const line = progress(io, false, () => now);
  now = 2_000;
  line.step("reading", 1);
  line.step("reading", 2);
  line.step("writing");
  line.end();
  expect(lines).toEqual(["reading 1\n", "writing\n"]);
});

it("says the pace of long work and how long the rest will take", () => {
  const { io, lines } = fakeIo(true);
  let now = 0;
  const line = progress(io, false, () => now);
  line.pace("applying to soc-emea", 0, 2_000);
  now = 10_000;
  line.pace("applying to soc-emea", 380, 2_000);
  now = 200_000;
  line.pace("applying to soc-emea", 400, 2_000);
  line.end();
  expect(lines).toEqual([
    "\r\u001b[2Kapplying to soc-emea 380/2000, 38/s, 43 s left",
    "\r\u001b[2Kapplying to soc-emea 400/2000, 2.0/s, 14 min left",
    "\r\u001b[2K",
  ]);
});

it("writes the pace into a log now and then", () => {
  const { io, lines } = fakeIo(false);
  let now = 0;
  const line = progress(io, false, () => now);
  for (const second of [0, 10, 20, 30, 40, 50]) {
    now = second * 1_000;
    line.pace("applying to default", second, 60);
  }
  expect(lines).toEqual([
    "applying to default 10/60, 1.0/s, 50 s left\n",
    "applying to default 40/60, 1.0/s, 20 s left\n",
  ]);
});
