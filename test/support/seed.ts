/**
 * One seed for every property, so that two runs of the suite try the same cases. `KDAC_SEED` sets another one: a number, or
 * `random` for what no run has tried yet.
 */
import * as fc from "fast-check";

const { KDAC_SEED: asked = "20261124" } = process.env;
if (asked !== "random") fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(asked) });
