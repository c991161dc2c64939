/** Lucene: what operators between conditions come to, and values of every kind, as Elasticsearch's `query_string` has it. */
import { luceneTable, type Row } from "./support.js";

const fields = {
  properties: {
    k: { type: "keyword", ignore_above: 12 },
    a: { type: "keyword" },
    b: { type: "keyword" },
    c: { type: "keyword" },
    t: { type: "text", fields: { keyword: { type: "keyword" } } },
    ip: { type: "ip" },
    n: { type: "long" },
    d: { type: "double" },
    f: { type: "boolean" },
    when: { type: "date" },
    o: { properties: { x: { type: "keyword" }, y: { type: "long" } } },
  },
};
const given = { fields, now: Date.UTC(2024, 4, 15, 12, 30) };

/** Every choice of `a`, `b` and `c` being there. */
const CHOICES = [...Array(8).keys()].map((bits) => ({
  ...(bits & 4 ? { a: "1" } : {}),
  ...(bits & 2 ? { b: "1" } : {}),
  ...(bits & 1 ? { c: "1" } : {}),
}));

type Meaning = (a: boolean, b: boolean, c: boolean) => boolean;

const meaning = ([query, means]: readonly [string, Meaning]): Row => [
  query,
  CHOICES.flatMap(({ a, b, c }, index) =>
    means(a !== undefined, b !== undefined, c !== undefined) ? [index] : [],
  ),
];

const MEANINGS: readonly (readonly [string, Meaning])[] = [
  ["a:1 b:1", (a, b) => a || b],
  ["a:1 OR b:1", (a, b) => a || b],
  ["a:1 AND b:1", (a, b) => a && b],
  ["a:1 and b:1", (a, b) => a || b],
  ["a:1 && b:1 || c:1", (a, b) => a && b],
  ["a:1 || b:1 && c:1", (_, b, c) => b && c],
  ["a:1 OR b:1 AND c:1", (_, b, c) => b && c],
  ["a:1 AND b:1 OR c:1", (a, b) => a && b],
  ["a:1 b:1 AND c:1", (_, b, c) => b && c],
  ["a:1 AND b:1 c:1", (a, b) => a && b],
  ["a:1 AND b:1 OR c:1 AND a:1", (a, b, c) => a && b && c],
  ["a:1 OR b:1 AND NOT c:1", (_, b, c) => b && !c],
  ["NOT a:1", (a) => !a],
  ["!a:1", (a) => !a],
  ["-a:1", (a) => !a],
  ["NOT a:1 NOT b:1", (a, b) => !a && !b],
  ["NOT a:1 b:1", (a, b) => !a && b],
  ["NOT a:1 OR b:1", (a, b) => !a && b],
  ["a:1 OR NOT b:1", (a, b) => a && !b],
  ["a:1 AND NOT b:1", (a, b) => a && !b],
  ["NOT a:1 OR NOT b:1", (a, b) => !a && !b],
  ["+a:1 b:1", (a) => a],
  ["a:1 +b:1", (_, b) => b],
  ["+a:1 -b:1 c:1", (a, b) => a && !b],
  ["+a:1 OR +b:1", (a, b) => a && b],
  ["(a:1 OR b:1) AND c:1", (a, b, c) => (a || b) && c],
  ["a:1 OR (b:1 AND c:1)", (a, b, c) => a || (b && c)],
  ["NOT (a:1 OR b:1)", (a, b) => !a && !b],
  ["(NOT a:1) OR b:1", (a, b) => !a || b],
  ["a:1 AND (NOT b:1)", (a, b) => a && !b],
  ["(-a:1) (-b:1)", (a, b) => !a || !b],
  ["*:* AND NOT a:1", (a) => !a],
  ["_exists_:a AND !_exists_:b", (a, b) => a && !b],
  ["a:* b:*", (a, b) => a || b],
  ["a:(1 OR 2) AND b:(1)", (a, b) => a && b],
  ["a:(NOT 1)", (a) => !a],
  ["a:(1 AND NOT 2)", (a) => a],
];

luceneTable("operators", CHOICES, MEANINGS.map(meaning), given);

// prettier-ignore
luceneTable("keywords", [
  { k: "foo" }, { k: "Foo" }, { k: ["bar", "foo"] }, {}, { k: "" }, { k: "foo bar" },
  { k: "f*o" }, { k: "a/b" }, { k: "foo-bar" }, { k: "waytoolongvalue" }, { k: "fo" }, { k: "(x)" },
], [
  ["k:foo", [0, 2]], ['k:"foo"', [0, 2]], ["k:Foo", [1]], ["k:f*", [0, 2, 5, 6, 8, 10]], ["k:f?o", [0, 2, 6]], ["k:fo?", [0, 2]],
  ["k:/fo+/", [0, 2, 10]], ["k:/[fF]oo/", [0, 1, 2]], ["k:/fo/", [10]], ['k:"foo bar"', [5]], ["k:foo\\ bar", [5]], ["k:f\\*o", [6]],
  ["k:a\\/b", [7]], ["k:foo\\-bar", [8]], ["k:foo-bar", [8]], ["k:fooo~1", [0, 2]], ["k:foo~0", [0, 2]], ["k:(foo OR Foo)", [0, 1, 2]], ["k:(foo AND bar)", [2]],
  ["k:*", [0, 1, 2, 4, 5, 6, 7, 8, 10, 11]], ["_exists_:k", [0, 1, 2, 4, 5, 6, 7, 8, 10, 11]], ["NOT k:*", [3, 9]], ["k:[a TO c]", [2, 7]], ["k:{foo TO *}", [5, 8]],
  ["k:>=foo", [0, 2, 5, 8]], ["k:<foo", [1, 2, 4, 6, 7, 10, 11]], ['k:""', [4]], ["k:way*", []], ["k:\\(x\\)", [11]], ["foo", [0, 2]], ['"foo bar"', [5]], ["", []],
], given);

// prettier-ignore
luceneTable("words", [{ t: "Hello World" }, { t: "hello there, world" }, { t: "WORLD hello" }, { t: ["foo bar", "hello"] }, { t: "error-code 42" }, {}], [
  ["t:HELLO", [0, 1, 2, 3]], ["t:(hello world)", [0, 1, 2, 3]], ['t:"hello world"', [0]], ['t:"hello world"~1', [0, 1]], ['t:"hello world"~2', [0, 1, 2]],
  ["t:HEL*", [0, 1, 2, 3]], ["t:/wor.d/", [0, 1, 2]], ["t:/World/", [0, 1, 2]], ["t:helo~", [0, 1, 2, 3]], ["t:error-code", [4]], ["t:[a TO g]", [3, 4]],
  ['t.keyword:"Hello World"', [0]], ["t:hello AND t:world", [0, 1, 2]], ['t:"code 42"', [4]], ["hello", [0, 1, 2, 3]],
], given);

// prettier-ignore
luceneTable("numbers, booleans and addresses", [
  { n: 1 }, { n: "2" }, { n: [1, 50] }, {}, { n: -3 }, { d: 1.5 }, { f: true }, { f: "false" }, { ip: "10.0.0.1" }, { ip: "2001:db8::5" },
], [
  ["n:1", [0, 2]], ["n:[1 TO 5]", [0, 1, 2]], ["n:{1 TO 50]", [1, 2]], ["n:>1", [1, 2]], ["n:(>=1 AND <2)", [0, 2]], ["n:(+>=1 +<2)", [0, 2]],
  ["n:\\-3", [4]], ['n:"-3"', [4]], ["n:[* TO 0]", [4]], ["d:[1 TO 2}", [5]], ["f:true", [6]], ["f:false", [7]],
  ["ip:10.0.0.1", [8]], ['ip:"10.0.0.0/8"', [8]], ["ip:10.0.0.0\\/8", [8]], ["ip:[10.0.0.0 TO 10.255.255.255]", [8]], ["ip:2001\\:db8\\:\\:5", [9]],
  ["1", [0, 2]], ["true", [6]], ["10.0.0.1", [8]],
], given);

// prettier-ignore
luceneTable("times", [{ when: "2024-05-14T10:00:00.000Z" }, { when: "2024-05-15T00:00:00Z" }, { when: 1715774400000 }, { when: "2024-05-15T12:29:59.999Z" }, {}], [
  ["when:[2024-05-15 TO *]", [1, 2, 3]], ["when:{2024-05-14 TO *]", [1, 2, 3]], ["when:[now-1d/d TO now/d}", [0]], ["when:[now/d TO now]", [1, 2, 3]], ["when:2024-05-15", [1, 2, 3]],
  ['when:"2024-05-15T12:00:00Z"', [2]], ["when:>2024-05-14", [1, 2, 3]], ["when:<=2024-05-14", [0]], ['when:["2024-05-15T12:00:00Z" TO "2024-05-15T13:00:00Z"]', [2, 3]], ["when:>=now-1h", [2, 3]],
], given);

luceneTable("objects", [{ o: { x: "a", y: 1 } }, { "o.x": "a" }, { o: [{ x: "b" }, { x: "a", y: 2 }] }], [
  ["o.x:a", [0, 1, 2]], ["o.\\*:a", [0, 1, 2]], ["o.\\*:1", [0]], ["o.x:a AND o.y:2", [2]], ["_exists_:o.y", [0, 2]], ["_exists_:o", [0, 1, 2]], ["a", [0, 1, 2]],
], given); // prettier-ignore
