/** The Kibanas that deploying is tried against. */
import type { KibanaOptions } from "../../src/emulator/index.js";

export interface Flavour {
  readonly name: "8.18" | "9.2" | "9.5" | "serverless";
  /** The `stack` of a project for it. */
  readonly stack: string;
  readonly kibana: KibanaOptions;
}

export const FLAVOURS: readonly Flavour[] = [
  { name: "8.18", stack: "8.18", kibana: { version: "8.18.8" } },
  { name: "9.2", stack: "9.2", kibana: { version: "9.2.4" } },
  { name: "9.5", stack: "9.5", kibana: { version: "9.5.1" } },
  { name: "serverless", stack: "9.5", kibana: { version: "9.6.0" } },
];

/** Where a claim is no matter of versions. */
export const USUAL: Flavour = FLAVOURS[2]!;
