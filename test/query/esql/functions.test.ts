import { describe, expect, it } from "vitest";
import { findFunction, functionNames, operatorSignatures } from "../../../src/query/esql/functions/index.js";

describe("the table of functions", () => {
  it("has what Elasticsearch has", () => {
    const names = functionNames();
    expect(names.length).toBeGreaterThan(240);
    for (const name of ["count", "values", "date_trunc", "cidr_match", "kql", "to_int", "mv_slice"])
      expect(names).toContain(name);
  });

  it.each([
    ["COUNT", "count", "aggregate"],
    ["Date_Trunc", "date_trunc", "scalar"],
    ["to_str", "to_string", "scalar"],
    ["TO_DT", "to_datetime", "scalar"],
    ["bucket", "bucket", "grouping"],
    ["rate", "rate", "timeSeries"],
  ])("%s is %s, of kind %s", (given, name, kind) => {
    expect(findFunction(given)).toMatchObject({ name, kind });
  });

  it.each(["counts", "constructor", "__proto__", "toString", ""])("%j is none", (name) => {
    expect(findFunction(name)).toBeUndefined();
  });

  it("every signature of every function can be read", () => {
    for (const name of functionNames()) {
      const { signatures } = findFunction(name)!;
      expect(signatures.length, name).toBeGreaterThan(0);
      for (const { parameters, returns } of signatures) {
        expect(returns, name).toMatch(/^(?:\$\d|[a-z_]+)$/);
        for (const { types } of parameters) for (const type of types) expect(type, name).toMatch(/^[a-z_]+$/);
      }
    }
  });

  it("knows which parameters may be left out or repeated", () => {
    const [signature] = findFunction("substring")!.signatures;
    expect(signature!.parameters.map(({ optional }) => optional)).toEqual([false, false, true]);
    expect(findFunction("concat")!.signatures[0]!.parameters[1]!.repeated).toBe(true);
  });

  it("knows the operators", () => {
    expect(operatorSignatures("equals").length).toBeGreaterThan(10);
    expect(operatorSignatures("neg")[0]!.returns).toBe("$0");
  });
});
