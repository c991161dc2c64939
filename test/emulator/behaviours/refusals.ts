/** Bodies that the schema refuses, with both wordings: zod 4's from Kibana 9.4 on, zod 3's before. */
import { queryRule, ruleOf } from "../samples.js";

interface Refusal {
  readonly what: string;
  /** The rows of Kibana's behaviours that it is about, by operation. */
  readonly rows: { readonly create?: string; readonly update?: string; readonly patch?: string };
  readonly rule: Record<string, unknown>;
  readonly zod4: string;
  readonly zod3: string;
}

const fields = ["a", "b", "c", "d", "e", "f"];

export const REFUSALS: readonly Refusal[] = [
  {
    what: "max_signals 0",
    rows: { create: "#6", update: "#38", patch: "#47" },
    rule: queryRule({ max_signals: 0 }),
    zod4: "max_signals: Too small: expected number to be >=1",
    zod3: "max_signals: Number must be greater than or equal to 1",
  },
  {
    what: "a threshold rule without threshold",
    rows: { create: "#16" },
    rule: ruleOf("threshold", { threshold: undefined }),
    zod4: "threshold: Invalid input: expected object, received undefined",
    zod3: "threshold: Required",
  },
  {
    what: "six threshold fields",
    rows: { create: "#17" },
    rule: ruleOf("threshold", { threshold: { field: fields, value: 1 } }),
    zod4: "threshold.field: Too big: expected array to have <=5 items",
    zod3: "threshold.field: Array must contain at most 5 element(s)",
  },
  {
    what: "threshold value 0",
    rows: { create: "#18" },
    rule: ruleOf("threshold", { threshold: { field: ["a"], value: 0 } }),
    zod4: "threshold.value: Too small: expected number to be >=1",
    zod3: "threshold.value: Number must be greater than or equal to 1",
  },
  {
    what: "investigation_fields as a list",
    rows: { create: "#21" },
    rule: queryRule({ investigation_fields: ["process.name"] }),
    zod4: "investigation_fields: Invalid input: expected object, received array",
    zod3: "investigation_fields: Expected object, received array",
  },
];
