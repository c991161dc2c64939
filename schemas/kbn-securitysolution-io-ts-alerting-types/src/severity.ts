import * as t from "io-ts";

export const Severity = t.keyof({ low: null, medium: null, high: null, critical: null });
export type Severity = t.TypeOf<typeof Severity>;
