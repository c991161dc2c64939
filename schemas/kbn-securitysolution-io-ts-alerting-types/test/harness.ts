import type * as t from "io-ts";
import { expect } from "vitest";
import { exactCheck } from "../src/internal/exact_check.js";
import { foldLeftRight, getPaths } from "../src/internal/test_utils.js";

/** A row of a table: an input and the value it decodes to (the input itself when left out). */
export type Accepted = readonly [input: unknown, output?: unknown];
/** An input and every line of its errors. */
export type Rejected = readonly [input: unknown, ...lines: string[]];

export const supplied = (shown: string, place: string): string =>
  `Invalid value "${shown}" supplied to "${place}"`;

export function expectAccepted(codec: t.Mixed, [input, ...output]: readonly unknown[]): void {
  const decoded = codec.decode(input);
  expect(getPaths(decoded)).toEqual(["no errors"]);
  expect(foldLeftRight(decoded).schema).toEqual(output.length === 0 ? input : output[0]);
}

export function expectRejected(codec: t.Mixed, [input, ...lines]: readonly unknown[]): void {
  const decoded = codec.decode(input);
  expect(getPaths(decoded)).toEqual(lines);
  expect(foldLeftRight(decoded).schema).toEqual({});
}

/** The lines of a decode that also refuses keys that the codec would drop. */
export const exactly = (codec: t.Mixed, input: unknown): string[] =>
  getPaths(exactCheck(input, codec.decode(input)));
