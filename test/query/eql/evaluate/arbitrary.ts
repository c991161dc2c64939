/** Conditions and events that have a fair chance to meet. */
import fc from "fast-check";

const field = fc.constantFrom("f", "g", "?h");
const text = fc.constantFrom('"a"', '"B"', '"b"', '"1"');
const texts = fc.uniqueArray(text, { minLength: 1, maxLength: 3 }).map((list) => `(${list.join(", ")})`);
const pattern = fc.constantFrom('"a"', '"B"', '"a*"', '"?"', '("A", "b")', '("1", "b*")');

/** Conditions that are searched for: two-valued. */
const search = fc.oneof(
  fc.tuple(field, fc.constantFrom("==", "!="), text).map((parts) => parts.join(" ")),
  fc.tuple(text, fc.constantFrom("<", ">="), field).map((parts) => parts.join(" ")),
  fc.tuple(field, fc.constantFrom("in", "not in", "in~", "not in~"), texts).map((parts) => parts.join(" ")),
  fc.tuple(field, fc.constantFrom(":", "like", "like~"), pattern).map((parts) => parts.join(" ")),
  fc.tuple(field, fc.constantFrom("== null", "!= null", "== 1", "> 0")).map((parts) => parts.join(" ")),
  fc
    .tuple(fc.constantFrom("startsWith~", "endsWith", "stringContains~"), field, text)
    .map(([name, f, t]) => `${name}(${f}, ${t})`),
);

const script = fc.oneof(
  fc
    .tuple(fc.constantFrom("endsWith", "stringContains~"), field, text)
    .map(([name, f, t]) => `${name}(${t}, ${f})`),
  fc
    .tuple(field, fc.constantFrom("== 1", "!= 1", "> 0", "in (1, 2)"))
    .map(([f, rest]) => `length(${f}) ${rest}`),
);

function joined(leaf: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc.letrec<{ all: string }>((tie) => ({
    all: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      leaf,
      fc
        .tuple(fc.array(tie("all"), { minLength: 2, maxLength: 3 }), fc.constantFrom(" and ", " or "))
        .map(([list, word]) => list.map((one) => `(${one})`).join(word)),
      tie("all").map((one) => `not (${one})`),
    ),
  })).all;
}

export const searches = joined(search);
export const condition = joined(fc.oneof(search, script));

const value = fc.constantFrom<unknown>("a", "b", "A", "ab", "1", 1, 2, null, true);
const values = fc.oneof(value, fc.array(value, { maxLength: 3 }));

export const event = fc.record({ f: values, g: values, h: values }, { requiredKeys: [] });
