/** Conditions of EQL on fields that are there, missing, unmapped and of several values, in Elasticsearch's two null modes. */
import { eqlTable } from "./support.js";

const fields = { a: "keyword", n: "long", ip: "ip", flag: "boolean", when: "date", v: "version" };

const EVENTS = [{ a: "foo", n: 1 }, { a: "FOO", n: 2 }, { a: ["bar", "foo"], n: [1, 5] }, { n: null }];

// prettier-ignore
eqlTable("a search has two answers", EVENTS, [
  ['a == "foo"', [0, 2]], ['a != "foo"', [1, 3]], ['not a == "foo"', [1, 3]], ['not a != "foo"', [0, 2]],
  ['a : "foo"', [0, 1, 2]], ['not a : "foo"', [3]], ['a in ("foo")', [0, 2]], ['not a in ("foo")', [1, 3]],
  ['a not in ("foo")', [1, 3]], ['a in~ ("foo")', [0, 1, 2]], ['a in~ ("f*")', []], ['not a not in ("foo")', [0, 2]],
  ['a like "f*"', [0, 2]], ['a like~ "f*"', [0, 1, 2]], ['not a like "f*"', [1, 3]], ['a like ("x", "?oo")', [0, 2]],
  ['a regex "f.*"', [0, 2]], ['not a regex~ "f.*"', [3]], ['a regex "f"', []], ['a regex~ ("x", "[a-f]o+")', [0, 1, 2]],
  ["a == null", [3]], ["a != null", [0, 1, 2]], ["not a == null", [0, 1, 2]], ["not a != null", [3]],
  ["null == a", [3]], ["null != ?a", [0, 1, 2]], ['?a != "foo"', [1, 3]], ['?a not in ("foo")', [1, 3]],
  ['startsWith(a, "f")', [0, 2]], ['not startsWith(a, "f")', [1, 3]], ['startsWith~(a, "F")', [0, 1, 2]], ['not startsWith~(a, "f")', [3]],
  ['stringContains(a, "o")', [0, 2]], ['not stringContains(a, "o")', [1, 3]], ['startsWith(a, "f") == false', [1, 3]], ['startsWith(a, "f") != true', [1, 3]],
  ['endsWith(a, "oo")', [0, 2]], ['not endsWith(a, "oo")', [1, 3]], ['endsWith~(a, "OO")', [0, 1, 2]], ['not endsWith~(a, "OO")', [3]],
  ['stringContains~(a, "O")', [0, 1, 2]], ['not stringContains~(a, "o")', [3]], ['endsWith(a, "r") == false', [0, 1, 3]], ['endsWith(a, "f*")', [0, 2]],
  ["n > 1 and n < 5", [1, 2]], ["not n > 1", [0, 3]], ["n in (1, 9)", [0, 2]], ["n not in (1, 9)", [1, 3]],
  ["n == 1.0", [0, 2]], ["n != 5", [0, 1, 3]], ["1 < n", [1, 2]], ["2 >= n", [0, 1, 2]],
  ['a < "a"', [1]], ['a >= "foo"', [0, 2]], ['a > "bar" and a < "foo"', [2]],
  ['not (a == "foo" and n == 1)', [1, 3]], ['not (a == "foo" or n == 2)', [3]], ['a == "foo" or n == 2 and a == "zzz"', [0, 2]],
], { fields });

// prettier-ignore
eqlTable("a script has three answers", EVENTS, [
  ["length(a) == 3", [0, 1, 2]], ["not length(a) == 3", []], ["length(a) != 3", []], ["length(a) == null", [3]], ["length(a) != null", [0, 1, 2]],
  ['endsWith("oo", a)', []], ['not endsWith("oo", a)', [0, 1, 2]], ['endsWith~("xxFOO", a)', [0, 1, 2]], ['not endsWith~("xxFOO", a)', [2]],
  ['stringContains~("xfoox", a)', [0, 1, 2]], ['not stringContains~("xfoox", a)', [2]], ['startsWith("foobar", a)', [0, 2]],
  ["n + 1 == 2", [0, 2]], ["not n + 1 == 2", [1, 2]], ["n / 2 == 0", [0, 2]], ["n / 2.0 == 0.5", [0, 2]], ["n % 2 == 1", [0, 2]], ["-n < -4", [2]],
  ['concat(a, ":", n) == "foo:1"', [0, 2]], ['concat(a, n) == "bar5"', [2]], ['string(n) : "2"', [1]], ['substring(a, -2) == "OO"', [1]],
  ['indexOf(a, "o") == null', [1, 2, 3]], ['indexOf~(a, "O", 2) == 2', [0, 1, 2]],
  ["not (length(a) == 3 and n > 0)", [3]], ["not (length(a) == 9 or n == 1)", [1, 3]],
], { fields });

// prettier-ignore
eqlTable("an optional field that no index has is null", EVENTS, [
  ["?u == null", [0, 1, 2, 3]], ["?u != null", []], ["not ?u == null", []], ["not ?u != null", [0, 1, 2, 3]],
  ['?u == "x"', []], ['?u != "x"', []], ['not ?u == "x"', []], ['?u : "x"', []], ['not ?u : "x"', []],
  ['?u in ("x")', []], ['not ?u in ("x")', []], ['?u not in ("x")', []], ['not ?u like "x*"', []], ['not ?u regex "x.*"', []],
  ["?u", []], ["not ?u", []], ["?u > 1", []], ["not ?u > 1", []], ["length(?u) == null", [0, 1, 2, 3]],
  ['not startsWith(?u, "x")', []], ['not cidrMatch(?u, "10.0.0.0/8")', []], ['not stringContains(?u, "x")', []], ['not endsWith(?u, "x")', []], ['not endsWith~(?u, "x")', []],
  ['not ?u : ("x", "y")', []], ['not (?u == "x" or ?u == "y")', []], ['not (?u == "x" and ?w == "y")', []],
  ['not (?u == "x" and false)', [0, 1, 2, 3]], ['(?u == "x") == false', []], ["(?u == null) == true", [0, 1, 2, 3]],
  ['not concat(?u, "x") : ("a", "b")', []], ['?u == null or a == "foo"', [0, 1, 2, 3]], ['?u == "x" or a == "foo"', [0, 2]], ['?u != "x" or a == "foo"', [0, 2]],
], { fields });

// prettier-ignore
eqlTable("constants", EVENTS, [
  ["true", [0, 1, 2, 3]], ["false", []], ["null", []], ["not null", []], ["null == null", [0, 1, 2, 3]], ["null != null", []], ['"a" == "a" and a == "foo"', [0, 2]],
], { fields });

// prettier-ignore
eqlTable("booleans", [{ flag: true }, { flag: false }, {}, { flag: "true" }, { flag: "false" }, { flag: [true, false] }], [
  ["flag", [0, 3, 5]], ["not flag", [1, 2, 4]], ["flag == false", [1, 4, 5]], ["flag != true", [1, 2, 4]], ["flag != false", [0, 2, 3]],
  ["not flag == false", [0, 2, 3]], ["true == flag", [0, 3, 5]], ["?flag", [0, 3, 5]], ["flag == null", [2]], ["flag in (true)", [0, 3, 5]],
], { fields });

// prettier-ignore
eqlTable("addresses", [{ ip: "10.1.2.3" }, { ip: "::ffff:10.1.2.3" }, { ip: "2001:db8::1" }, { ip: ["10.9.9.9", "192.168.0.1"] }, {}], [
  ['ip == "10.1.2.3"', [0, 1]], ['cidrMatch(ip, "10.0.0.0/8")', [0, 1, 3]], ['not cidrMatch(ip, "10.0.0.0/8")', [2, 4]],
  ['cidrMatch(ip, "10.6.48.157/16", "2001:db8::/32")', [2]], ['ip in ("10.1.2.3", "2001:DB8:0::1")', [0, 1, 2]], ['ip != "10.1.2.3"', [2, 3, 4]],
], { fields });

// prettier-ignore
eqlTable("times", [{ when: "2024-05-01T10:00:00Z" }, { when: 1714557600000 }, { when: "2024-05-02" }, {}], [
  ['when == "2024-05-01"', [0, 1]], ['when > "2024-05-01"', [2]], ['when >= "2024-05-01T10:00:00Z"', [0, 1, 2]], ['when < "2024-05-02"', [0, 1]],
  ['when != "2024-05-01"', [2, 3]], ['when >= "now-1d"', []], ['when >= "2024-05-01||+1d"', [2]],
], { fields, now: Date.UTC(2024, 5, 1) });

// prettier-ignore
eqlTable("versions", [{ v: "1.2.3" }, { v: "1.10.0" }, { v: "1.9.0-SNAPSHOT" }, { v: "1.9.0" }], [
  ['v > "1.9.0"', [1]], ['v < "1.9.0"', [0, 2]], ['v == "1.10.0"', [1]], ['v in ("1.2.3", "1.9.0")', [0, 3]],
], { fields });

const TEXTS = ["C:\\Windows\\cmd.exe", 'a"b', "line\nbreak", "été", "ÉTÉ", "a*b", "😀x", "ſ", "", "İ"];
const ALL = [...TEXTS.keys()];

// prettier-ignore
eqlTable("texts", TEXTS.map((a) => ({ a })), [
  ['a == "C:\\\\Windows\\\\cmd.exe"', [0]], ['a : """c:\\windows\\*.EXE"""', [0]], ['a : "*\\\\cmd.exe"', [0]], ['a regex """C:\\\\.*"""', [0]], ['a regex~ ("c:.*", "x")', [0]],
  ['a == """a"b"""', [1]], ['a == "line\\nbreak"', [2]], ['a like "line?break"', [2]], ['a : "*"', ALL],
  ['a : "été"', [3, 4]], ['a == "\\u{e9}t\\u{00e9}"', [3]], ['a == "a*b"', [5]], ['a : "a*b"', [1, 5]], ['a like "?x"', [6]],
  ["length(a) == 3", [1, 3, 4, 5, 6]], ['a == ""', [8]], ['a : ""', [8]], ["length(a) == 0", [8]],
  ['startsWith(a, "")', ALL], ['stringContains(a, "")', ALL], ['stringContains~(a, "")', ALL],
  ['endsWith(a, "*")', ALL], ['stringContains(a, "\\\\*")', [5]], ['endsWith(a, "?b")', [1, 5]], ['endsWith~(a, "É")', [3, 4]],
], { fields });
