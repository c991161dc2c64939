/** The Kibanas that deploying is tried against. */
import { FLAVOURS as EMBEDDED, type KibanaOptions } from "../../src/emulator/index.js";

export interface Flavour {
  readonly name: (typeof EMBEDDED)[number];
  /** The `stack` of a project for it. */
  readonly stack: string;
  readonly kibana: KibanaOptions;
}

export const FLAVOURS: readonly Flavour[] = EMBEDDED.map((name) => ({
  name,
  stack: name === "serverless" ? "9.5" : name,
  kibana: { flavour: name },
}));

/** Where a claim is no matter of versions. */
export const USUAL: Flavour = FLAVOURS.find(({ name }) => name === "9.5")!;
