import manifest from "../package.json" with { type: "json" };

/** The version of kdac, as published. */
export const version: string = manifest.version;
