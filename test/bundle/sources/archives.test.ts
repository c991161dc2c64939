import * as fc from "fast-check";
import { deflateRawSync, gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { readSource } from "../../../src/bundle/sources/index.js";
import { brief, briefs, json, lines, read, rule, stream, zip, type ZipFile } from "./support.js";

const text = lines(rule("a", { note: "x".repeat(3000) }), rule("b"));
const expected = ["1 rule a kibana-export", "2 rule b kibana-export"];

describe("gzip", () => {
  it("is unpacked, of one member or more, in gzip again too", async () => {
    const members = Buffer.concat([gzipSync(lines(rule("a"))), gzipSync(lines(rule("b")))]);
    for (const packed of [gzipSync(text), members, gzipSync(gzipSync(text))])
      for (const size of [1, 10, 5000]) expect(await briefs(packed, { size })).toEqual(expected);
  });

  it("gives what came before it was cut off", async () => {
    const many = lines(...Array.from({ length: 2000 }, (_, i) => rule(`r${i}`, { note: String(i * 7919) })));
    const packed = gzipSync(many);
    const items = await briefs(packed.subarray(0, packed.length / 2));
    expect(items.slice(0, 500)).toEqual(
      Array.from({ length: 500 }, (_, i) => `${i + 1} rule r${i} kibana-export`),
    );
    expect(items.slice(-1)).toEqual(["! source/damaged-archive"]);
  });

  it.each([
    [
      "a wrong checksum",
      (packed: Buffer) => packed.fill(0, packed.length - 8, packed.length - 4),
      ["! source/empty", "! source/damaged-archive"],
    ],
    [
      "broken data",
      (packed: Buffer) => packed.fill(0xff, 12, 20),
      ["! source/empty", "! source/damaged-archive"],
    ],
    [
      "nothing but its head",
      (packed: Buffer) => packed.subarray(0, 4),
      ["! source/empty", "! source/damaged-archive"],
    ],
  ])("says that it has %s", async (_, spoil, found) => {
    expect(await briefs(spoil(gzipSync(text)))).toEqual(found);
  });

  it("stops at a bound", async () => {
    const bomb = gzipSync(Buffer.alloc(4 << 20, "\n"));
    expect(await briefs(bomb, { limits: { unpacked: 1 << 20 } })).toEqual([
      "! source/unrecognised",
      "! source/archive-limit",
    ]);
    const items = await read(gzipSync(bomb), { limits: { archives: 1 } });
    expect(items.map(brief)).toEqual(["! source/nested-archive"]);
  });
});

describe("zip", () => {
  const file = { name: "rules/a.ndjson", data: text };
  const found = expected.map((one) => `rules/a.ndjson:${one}`);
  const other = { name: "b.json", data: json(rule("z")) };
  const forms: readonly (readonly [string, Partial<ZipFile>])[] = (
    [undefined, "signed", "bare", "signed64", "bare64"] as const
  )
    .flatMap((described) =>
      [0, 8].flatMap((method) =>
        [false, true]
          .filter((zip64) => !zip64 || described === undefined)
          .map((zip64) => {
            const form = { method, zip64, ...(described === undefined ? {} : { described }) };
            return [json(form), form] as const;
          }),
      ),
    )
    .filter(([, { method, described }]) => method === 8 || described?.startsWith("signed") !== false);

  it.each(forms)("is read with %s", async (_, form) => {
    const packed = zip([
      { ...file, ...form },
      { ...other, ...form },
      { ...file, name: "empty", data: "", ...form },
    ]);
    for (const size of [1, 7, 100, 1 << 20])
      expect(await briefs(packed, { size })).toEqual([
        ...found,
        "b.json:1 rule z kibana-export",
        "! source/others-skipped",
      ]);
  });

  it("gives the same items whatever the chunks", async () => {
    const packed = zip([
      file,
      { ...other, described: "signed" },
      { ...file, method: 0, described: "signed" },
    ]);
    const whole = await read(packed);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1 }), async (sizes) => {
        async function* chunks(): AsyncGenerator<Uint8Array> {
          for (let at = 0, i = 0; at < packed.length; i++) {
            const size = sizes[i % sizes.length]!;
            yield packed.subarray(at, at + size);
            at += size;
          }
        }
        const items = [];
        for await (const item of readSource("source", chunks())) items.push(item);
        expect(items).toEqual(whole);
      }),
      { numRuns: 50 },
    );
  });

  it("reads what looks like the end of a stored file as part of it", async () => {
    const odd = `${json(rule("PK\x07\x08"))}\n`.replace("\\u0007\\b", "PK\x07\x08 ");
    const data = Buffer.concat([
      Buffer.from("PK\x07\x08PK\x07\x08\n", "latin1"),
      Buffer.from(lines(rule("a"))),
      Buffer.from(odd),
    ]);
    const packed = zip([{ name: "a", data, method: 0, described: "signed" }, other]);
    for (const size of [1, 9, 10_000])
      expect(await briefs(packed, { size })).toEqual(["a:1 ! source/broken-json", "a:2 rule a kibana-export", "a:3 ! source/broken-json", "b.json:1 rule z kibana-export"]); // prettier-ignore
  });

  it("passes over folders and what systems put beside the files", async () => {
    const clutter = [
      "rules/",
      "__MACOSX/rules/._a.ndjson",
      "rules/._a.ndjson",
      "rules/.DS_Store",
      "x\\",
      "Thumbs.db",
    ];
    expect(await briefs(zip([...clutter.map((name) => ({ name, data: "{", method: 0 })), file]))).toEqual(
      found,
    );
  });

  it("tells once of files that hold nothing to be imported", async () => {
    const others = ["readme.md", "logo.png", "x.py"].map((name) => ({ name, data: "\x89PNG\0\n[{1" }));
    const items = await read(zip([...others, file, { name: "package.json", data: '{"name": "x"}' }]));
    expect(items.map(brief)).toEqual([...found, "! source/others-skipped"]);
    expect(items.at(-1)).toMatchObject({ params: { count: 4 } });
  });

  it("does not mind what is broken or long in files that are none of ours", async () => {
    const others = [
      '{"a": 1,, }',
      `{"a": "${"x".repeat(5000)}"}`,
      `{"a": ${"[".repeat(300)}${"]".repeat(300)}}`,
    ];
    const files = [...others, json(rule("z")).slice(0, -3)].map((data, i) => ({
      name: String(i),
      data,
    }));
    expect(await briefs(zip(files), { limits: { object: 3000 } })).toEqual(["3:1 ! source/broken-json", "! source/others-skipped"]); // prettier-ignore
  });

  it("holds archives, TOML, and locks of versions", async () => {
    const toml = '[rule]\nrule_id = "t"\nname = "T"\ntype = "eql"\n';
    const inner = zip([file, { name: "t.toml", data: toml }]);
    const packed = zip([{ name: "inner.zip", data: inner }, { name: "x.gz", data: gzipSync(lines(rule("c"))) }, { name: "v", data: json({ t: { rule_name: "T", version: 3 } }) }]); // prettier-ignore
    expect(await briefs(packed)).toEqual([
      ...found.map((one) => `inner.zip/${one}`),
      "inner.zip/t.toml rule t toml",
      "x.gz:1 rule c kibana-export",
      'v:1 versions [["t",3]]',
    ]);
    const deep = zip([{ name: "outer.zip", data: zip([{ name: "inner.zip", data: inner }]) }, file]);
    expect(await briefs(deep)).toEqual(["outer.zip/inner.zip ! source/nested-archive", ...found]);
  });

  it.each([
    ["encrypted", { encrypted: true }, ["x ! source/unreadable-entry"], true],
    ["packed by another method", { method: 12 }, ["x ! source/unreadable-entry"], true],
    ["of a wrong checksum", { crc: 1 }, ["x:1 rule z kibana-export", "x ! source/unreadable-entry"], true],
    ["stored, of a wrong checksum", { crc: 1, method: 0 }, ["x:1 rule z kibana-export", "x ! source/unreadable-entry"], true],
    ["not deflated", { packed: Buffer.from("\xff\xff\xff", "latin1") }, ["x ! source/unreadable-entry", "! source/others-skipped"], true],
    ["deflated without an end", { packed: deflateRawSync(json(rule("z"))).subarray(0, -6) }, ["x:1 ! source/broken-json", "x ! source/unreadable-entry"], true],
    ["of a wrong checksum behind it", { crc: 1, described: "signed" }, ["x:1 rule z kibana-export", "x ! source/unreadable-entry"], true],
    ["encrypted, of unknown size", { encrypted: true, described: "signed" }, ["x ! source/unreadable-entry", "! source/damaged-archive"], false],
    ["not deflated, of unknown size", { packed: Buffer.from("\xff\xff\xff", "latin1"), described: "signed" }, ["! source/damaged-archive", "! source/others-skipped"], false],
  ] as const)("says that a file is %s", async (_, spoiled, problems, goesOn) => {
    const items = await briefs(zip([{ name: "x", data: json(rule("z")), ...spoiled }, file]));
    expect(items.toSorted()).toEqual([...problems, ...(goesOn ? found : [])].toSorted());
  }); // prettier-ignore

  it("says that the archive was cut off, wherever", async () => {
    const packed = zip([file, { ...other, described: "signed" }]);
    for (let end = 5; end < packed.length - 22; end++) {
      const items = await briefs(packed.subarray(0, end));
      expect(
        items.some((one) => one === "! source/damaged-archive"),
        `cut at ${end}`,
      ).toBe(true);
    }
    expect(await briefs(packed)).toEqual([...found, "b.json:1 rule z kibana-export"]);
  });

  it("says that the directory lists other files than there are", async () => {
    expect(await briefs(zip([file], { listed: 2 }))).toEqual([...found, "! source/damaged-archive"]);
    expect(await briefs(zip([]))).toEqual([]);
  });

  it("stops at bounds", async () => {
    const bomb = { name: "x", data: Buffer.alloc(3 << 20, "\n") };
    const small = { limits: { unpacked: 1 << 20, entries: 3 } };
    for (const form of [
      {},
      { method: 0 },
      { described: "signed" },
      { method: 0, described: "signed" },
    ] as const)
      expect(await briefs(zip([{ ...bomb, ...form }, file]), small)).toContain("! source/archive-limit");
    expect(await briefs(zip([other, other, other, file]), small)).toEqual([
      "b.json:1 rule z kibana-export",
      "b.json:1 rule z kibana-export",
      "b.json:1 ! source/duplicate-id",
      "b.json:1 rule z kibana-export",
      "b.json:1 ! source/duplicate-id",
      "! source/archive-limit",
    ]);
  });

  it("shows names, which are never paths, without signs that could steer a terminal", async () => {
    const names = [
      "../../etc/passwd",
      "/root/x",
      "C:\\x",
      "CON",
      "a\x1b[31m\u202eb",
      Buffer.from([0x61, 0xff]),
    ];
    const items = await read(zip(names.map((name, i) => ({ name, data: json(rule(String(i))) }))));
    expect(items.map(({ origin }) => origin.path)).toEqual(["../../etc/passwd", "/root/x", "C:\\x", "CON", "a\uFFFD[31m\uFFFDb", "aÿ"]); // prettier-ignore
  });

  it("is closed when no more is wanted", async () => {
    let closed = false;
    async function* bytes(): AsyncGenerator<Uint8Array> {
      try {
        yield* stream(zip([file, other]), 50);
      } finally {
        closed = true;
      }
    }
    for await (const item of readSource("x", bytes())) {
      expect(item.kind).toBe("rule");
      break;
    }
    expect(closed).toBe(true);
  });
});

describe("what cannot be read", () => {
  it.each([
    ["7z", "7z\xbc\xaf\x27\x1c"],
    ["xz", "\xfd7zXZ\0"],
    ["zstd", "\x28\xb5\x2f\xfd"],
    ["a PDF", "%PDF-1.4"],
    ["UTF-32", "\xff\xfe\0\0{\0\0\0"],
    ["tar", `${"rules/x".padEnd(257, "\0")}ustar`],
    ["bytes", "\x01\x02\0\x03abc"],
  ])("%s", async (_, start) => {
    expect(await briefs(Buffer.from(start, "latin1"))).toEqual(["! source/unsupported-format"]);
  });
});
