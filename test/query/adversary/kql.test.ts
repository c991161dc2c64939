/** KQL on fields of every kind, as Kibana's translation of it asks Elasticsearch. */
import { kqlTable } from "./support.js";

const text = { type: "text", fields: { keyword: { type: "keyword" } } };
const fields = {
  properties: {
    k: { type: "keyword", ignore_above: 8 },
    t: text,
    ip: { type: "ip" },
    n: { type: "long" },
    d: { type: "double" },
    b: { type: "boolean" },
    w: { type: "wildcard" },
    ck: { type: "constant_keyword" },
    fl: { type: "flattened" },
    when: { type: "date" },
    items: {
      type: "nested",
      properties: {
        name: { type: "keyword" },
        qty: { type: "long" },
        sub: { type: "nested", properties: { c: { type: "keyword" } } },
      },
    },
    o: { properties: { x: { type: "keyword" }, y: { type: "long" } } },
  },
};
const given = { fields, now: Date.UTC(2024, 4, 15, 12, 30) };

const KEYWORDS = [
  { k: "foo" }, { k: "Foo" }, { k: ["bar", "foo"] }, {}, { k: "" },
  { k: null }, { k: "foo bar" }, { k: "toolongvalue" }, { k: "f*o" }, { k: "a:b" },
]; // prettier-ignore
const ALL = [...KEYWORDS.keys()];

// prettier-ignore
kqlTable("keywords", KEYWORDS, [
  ["k: foo", [0, 2]], ['k: "foo"', [0, 2]], ["k: Foo", [1]], ["k: FOO", []], ["not k: foo", [1, 3, 4, 5, 6, 7, 8, 9]],
  ["k: f*", [0, 2, 6, 8]], ["k: *oo", [0, 1, 2]], ["k: *", [0, 1, 2, 4, 6, 8, 9]], ["not k: *", [3, 5, 7]], ["k: f?o", []],
  ["k: foo bar", [6]], ['k: "foo bar"', [6]], ["k: foo*bar", [6]], ['k: "f*o"', [8]], ["k: f\\*o", [8]], ["k: f*o", [0, 2, 8]],
  ["k: a\\:b", [9]], ['k: "a:b"', [9]], ['k: ""', [4]], ["k: toolong*", []], ["k: toolongvalue", []],
  ["k: (foo or bar)", [0, 2]], ["k: (foo and bar)", [2]], ["k: (foo and not bar)", [0]], ["k: (not foo)", [1, 3, 4, 5, 6, 7, 8, 9]],
  ["k: (foo or not bar)", ALL], ["k:foo OR k:Foo", [0, 1, 2]], ["NOT k:foo AND k:*", [1, 4, 6, 8, 9]], ['k: (foo or "foo bar" or *o)', [0, 1, 2, 6, 8]],
  ['k >= "foo"', [0, 2, 6]], ['k < "a"', [1, 4]], ["k > foo", [6]], ["k : foo or k:bar and k:zzz", [0, 2]],
  ["k:foo and (k:bar or not k:*)", [2]], ["not (k:foo or k:Foo)", [3, 4, 5, 6, 7, 8, 9]], ["k:foo\nand\tk:bar", [2]],
  ["", ALL], ["*", ALL], ["*:*", ALL], ['"foo"', [0, 2]], ["foo", [0, 2]], ["nosuch: x", []], ["not nosuch: x", ALL], ["nosuch: *", []],
], given);

// prettier-ignore
kqlTable("words", [
  { t: "Hello World" }, { t: "hello there, world" }, { t: "WORLD hello" }, { t: ["foo bar", "hello"] },
  { t: "error-code 42" }, { t: "C:\\Windows\\System32" }, {}, { t: "it's user_name@example.com" },
], [
  ["t: hello", [0, 1, 2, 3]], ["t: HELLO", [0, 1, 2, 3]], ["t: hello world", [0, 1, 2, 3]], ['t: "hello world"', [0]], ['t: "world hello"', [2]],
  ["t: (hello and world)", [0, 1, 2]], ["t: wor*", [0, 1, 2]], ["t: WOR*", [0, 1, 2]], ["t: *", [0, 1, 2, 3, 4, 5, 7]], ["not t: hello", [4, 5, 6, 7]],
  ['t.keyword: "Hello World"', [0]], ["t.keyword: hello*", [1, 3]], ["t: error-code", [4]], ['t: "code 42"', [4]], ["t: windows", [5]], ["t: sys*32", [5]],
  ["t: user_name", [7]], ["t: example.com", [7]], ["t: example", []], ["t: it's", [7]], ['t: "bar hello"', []], ["t: hel* wor*", [0, 1, 2, 3]], ["t: hello*world", []], ['t: ""', []],
], given);

// prettier-ignore
kqlTable("addresses", [{ ip: "10.0.0.1" }, { ip: ["192.168.1.1", "10.2.3.4"] }, { ip: "2001:db8::5" }, {}], [
  ["ip: 10.0.0.1", [0]], ['ip: "10.0.0.0/8"', [0, 1]], ["ip: 10.0.0.0/8", [0, 1]], ['ip: "10.9.9.9/8"', [0, 1]], ["not ip: 10.0.0.0/8", [2, 3]],
  ['ip > "10.0.0.1"', [1, 2]], ["ip >= 10.0.0.1 and ip < 11.0.0.0", [0, 1]], ['ip: "2001:db8::/32"', [2]], ["ip: 2001\\:db8\\:\\:5", [2]], ['ip: "2001:0DB8:0:0::5"', [2]],
  ["ip: *", [0, 1, 2]], ['ip: (10.0.0.1 or "192.168.0.0/16")', [0, 1]],
], given);

// prettier-ignore
kqlTable("numbers and booleans", [{ n: 1 }, { n: "2" }, { n: [1, 5] }, {}, { n: -3 }, { n: 1.9 }, { d: 1.5 }, { b: true }, { b: "false" }], [
  ["n: 1", [0, 2, 5]], ['n: "1"', [0, 2, 5]], ["n > 1", [1, 2]], ["n >= 1 and n <= 2", [0, 1, 2, 5]], ["n > 1 and n < 5", [1, 2]],
  ["n: -3", [4]], ["n < 0", [4]], ["n: 1.0", [0, 2, 5]], ["n <= 1.5", [0, 2, 4, 5]], ["n > 1.5", [1, 2]], ["d: 1.5", [6]], ["d > 1", [6]],
  ["b: true", [7]], ["b: false", [8]], ['b: "true"', [7]], ["not b: true", [0, 1, 2, 3, 4, 5, 6, 8]], ["n: *", [0, 1, 2, 4, 5]],
], given);

// prettier-ignore
kqlTable("times", [
  { when: "2024-05-14T10:00:00.000Z" }, { when: "2024-05-15T00:00:00Z" }, { when: 1715774400000 },
  { when: "2024-05-15T12:29:59.999Z" }, { when: "2024-04-30T23:59:59.999Z" }, {},
], [
  ['when: "2024-05-15"', [1, 2, 3]], ['when > "2024-05-14"', [1, 2, 3]], ['when >= "2024-05-15"', [1, 2, 3]], ['when < "2024-05-15"', [0, 4]], ['when <= "2024-05-14"', [0, 4]],
  ["when >= now-1d", [1, 2, 3]], ["when >= now-1d/d", [0, 1, 2, 3]], ["when >= now/M", [0, 1, 2, 3]], ["when < now-1m", [0, 1, 2, 4]], ["when > now-30m", [3]],
  ['when >= "2024-05-15||-1d"', [0, 1, 2, 3]], ['when: "2024-05-15T12"', [2, 3]], ["when: 1715774400000", [2]], ["when > 1715774400000", [3]],
  ['when: "2024-05-15T12:00:00+00:00"', [2]], ['when: "now/d"', [1, 2, 3]],
], given);

// prettier-ignore
kqlTable("relatives of the keyword", [
  { w: "C:\\Windows\\cmd.exe" }, { w: "c:\\windows\\cmd.exe" }, { w: "foo bar baz" },
  { fl: { a: "x", b: { c: "y z" } } }, { fl: { a: ["x", "q"] } }, { ck: "logs" },
], [
  ["w: C\\:\\\\Windows\\\\*", [0]], ['w: "C:\\\\Windows\\\\cmd.exe"', [0]], ["w: *cmd.exe", [0, 1]], ["w: foo*baz", [2]], ["w: foo* zzz", [2]], ["w: FOO*", []],
  ["fl.a: x", [3, 4]], ['fl.b.c: "y z"', [3]], ["fl: x", [3, 4]], ["fl: *", [3, 4]], ["fl.a: *", [3, 4]], ["fl.b: *", []], ["ck: logs", [5]], ["ck: l*", [5]],
], given);

// prettier-ignore
kqlTable("nested objects", [
  { items: [{ name: "a", qty: 1 }, { name: "b", qty: 2 }] }, { items: { name: "a", qty: 2 } }, { items: [] }, {},
  { items: [{ name: "a", qty: 2, sub: [{ c: "x" }, { c: "y" }] }] },
], [
  ["items: { name: a and qty: 2 }", [1, 4]], ["items: { name: a } and items: { qty: 2 }", [0, 1, 4]], ["items.name: a", []], ["not items: { name: a }", [2, 3]],
  ["items: { not name: a }", [0]], ["items: { name: * }", [0, 1, 4]], ["items: { qty >= 2 and not name: b}", [1, 4]], ["items.*: a", [0, 1, 4]], ["*: a", [0, 1, 4]], ["a", []],
  ["items: { sub: { c: x and c: y } }", []], ["items: { sub: { c: x } and sub: { c: y } }", [4]], ["items.sub: { c: x }", [4]],
], given);

// prettier-ignore
kqlTable("objects and names with wildcards", [{ o: { x: "a", y: 1 } }, { "o.x": "a" }, { o: [{ x: "b" }, { x: "a", y: 2 }] }, { o: {} }, { o: { x: null } }], [
  ["o.x: a", [0, 1, 2]], ["o: *", [0, 1, 2]], ["o.*: a", [0, 1, 2]], ["o.*: 1", [0]], ["o.x: a and o.y: 2", [2]], ["*.x: b", [2]], ["o.*: *", [0, 1, 2]], ["o*: a", [0, 1, 2]], ["o.y > 0", [0, 2]],
], given);

// prettier-ignore
kqlTable("no mapping", [{ a: "foo", n: 5, ip: "10.1.1.1", s: "5" }, { a: "Foo", n: "7" }, { a: ["x", "foo bar"] }], [
  ["a: foo", [0]], ['a: "foo bar"', [2]], ["a: foo bar", [2]], ["a: foo*", [0, 2]], ["a: F*", [1]], ["n: 5", [0]], ["n: 5.0", [0]], ["n > 4", [0, 1]],
  ["s: 5", [0]], ["s > 10", []], ['ip: "10.0.0.0/8"', [0]], ["foo", [0]], ["5", [0]],
], {});
