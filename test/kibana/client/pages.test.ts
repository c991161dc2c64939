import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Call } from "../../../src/kibana/client.js";
import { readPages, type Paged } from "../../../src/kibana/endpoints/pages.js";
import { clientOf, failure, scripted, type Step } from "./support.js";

const CALL: Call = {
  method: "GET",
  path: "/api/exception_lists/_find",
  space: "soc",
  query: { namespace_type: "single" },
  doing: "find exception lists",
  repeat: "repeatable",
};
const entries = (from: number, to: number): { id: string }[] =>
  Array.from({ length: to - from }, (_, n) => ({ id: `e${from + n}` }));
const page = (body: object): Step => ({ status: 200, body });

const read = (paged: Omit<Paged, "call">, ...steps: Step[]) => {
  const { transport, sent } = scripted(...steps);
  return { result: readPages(clientOf(transport).client, { call: CALL, ...paged }), sent };
};

async function why(paged: Omit<Paged, "call">, ...steps: Step[]): Promise<string> {
  const error = await failure(read(paged, ...steps).result);
  expect(error.kind).toBe("incomplete");
  const start = "the answer to GET /s/soc/api/exception_lists/_find is not whole: ";
  expect(error.problem.slice(0, start.length)).toBe(start);
  return error.problem.slice(start.length);
}

/** The same steps for each reading of the list. */
const always = (...steps: Step[]): Step[] => [...steps, ...steps, ...steps];

describe("pages of a list", () => {
  it("are read to the last one, and asked for by their number", async () => {
    const { result, sent } = read(
      { size: 2 },
      page({ page: 1, per_page: 2, total: 5, data: entries(0, 2) }),
      page({ page: 2, per_page: 2, total: 5, data: entries(2, 4) }),
      page({ page: 3, per_page: 2, total: 5, data: entries(4, 5) }),
    );
    expect(await result).toEqual({ total: 5, entries: entries(0, 5) });
    expect(sent.map(({ url }) => new URL(url).search)).toEqual([
      "?namespace_type=single&page=1&per_page=2",
      "?namespace_type=single&page=2&per_page=2",
      "?namespace_type=single&page=3&per_page=2",
    ]);
  });

  it("are as many as Kibana gives at a time, where it gives fewer than it is asked for", async () => {
    for (const name of ["per_page", "perPage"]) {
      const { result, sent } = read(
        { size: 10 },
        page({ [name]: 2, total: 3, data: entries(0, 2) }),
        page({ [name]: 2, total: 3, data: entries(2, 3) }),
      );
      expect((await result).entries).toEqual(entries(0, 3));
      expect(sent).toHaveLength(2);
    }
  });

  it("end where a search reaches no further", async () => {
    const { result, sent } = read(
      { size: 2, reach: 3 },
      page({ total: 9, data: entries(0, 2) }),
      page({ total: 9, data: entries(2, 3) }),
    );
    expect(await result).toEqual({ total: 9, entries: entries(0, 3) });
    expect(sent).toHaveLength(2);
  });

  it("may be none", async () => {
    const { result, sent } = read({ size: 2 }, page({ total: 0, data: [] }));
    expect(await result).toEqual({ total: 0, entries: [] });
    expect(sent).toHaveLength(1);
  });

  it("may have entries without an id, of which nothing can be told", async () => {
    const { result } = read({ size: 3 }, page({ total: 2, data: [{}, {}] }));
    expect((await result).entries).toEqual([{}, {}]);
  });

  it("hold for every list: it is read whole, or not at all", () =>
    fc.assert(
      fc.asyncProperty(fc.nat(30), fc.integer({ min: 1, max: 9 }), fc.nat(30), async (total, size, lost) => {
        const all = entries(0, total);
        const steps = Array.from({ length: Math.max(1, Math.ceil(total / size)) }, (_, n) =>
          page({ total, data: all.slice(n * size, (n + 1) * size).filter(({ id }) => id !== `e${lost}`) }),
        );
        const { result } = read({ size }, ...always(...steps));
        if (lost >= total) expect((await result).entries).toEqual(all);
        else await expect(result).rejects.toMatchObject({ kind: "incomplete" });
      }),
    ));
});

describe("a list whose pages do not prove it whole", () => {
  it.each<[string, Omit<Paged, "call">, Step[], string]>([
    [
      "is shorter than promised",
      { size: 10 },
      [page({ total: 3, data: entries(0, 2) })],
      "page 1 has 2 of the 3 entries that its total 3 promises",
    ],
    [
      "is empty",
      { size: 10 },
      [page({ total: 3, data: [] })],
      "page 1 has 0 of the 3 entries that its total 3 promises",
    ],
    [
      "is longer than promised",
      { size: 10 },
      [page({ total: 3, data: entries(0, 4) })],
      "page 1 has 4 of the 3 entries that its total 3 promises",
    ],
    [
      "has more than a page takes",
      { size: 2 },
      [page({ total: 3, data: entries(0, 3) })],
      "page 1 has 3 of the 2 entries that its total 3 promises",
    ],
    [
      "has a short last page",
      { size: 2 },
      [page({ total: 4, data: entries(0, 2) }), page({ total: 4, data: entries(2, 3) })],
      "page 2 has 1 of the 2 entries that its total 4 promises",
    ],
    [
      "grows while it is read",
      { size: 2 },
      [page({ total: 4, data: entries(0, 2) }), page({ total: 5, data: entries(2, 4) })],
      "its total went from 4 to 5 while its pages were read",
    ],
    [
      "shrinks while it is read",
      { size: 2 },
      [page({ total: 4, data: entries(0, 2) }), page({ total: 3, data: entries(2, 3) })],
      "its total went from 4 to 3 while its pages were read",
    ],
    [
      "repeats an entry on another page",
      { size: 2 },
      [page({ total: 4, data: entries(0, 2) }), page({ total: 4, data: entries(1, 3) })],
      'the entry "e1" comes twice',
    ],
    [
      "repeats an entry on a page",
      { size: 2 },
      [page({ total: 2, data: [{ id: "a" }, { id: "a" }] })],
      'the entry "a" comes twice',
    ],
    [
      "answers with a page that was asked for before",
      { size: 2 },
      [page({ page: 1, total: 4, data: entries(0, 2) }), page({ page: 1, total: 4, data: entries(2, 4) })],
      "it is page 1, and not page 2",
    ],
    [
      "loses its second page",
      { size: 2 },
      [
        page({ total: 4, data: entries(0, 2) }),
        { status: 404, body: { message: "index_not_found_exception", status_code: 404 } },
      ],
      "page 2 is not there",
    ],
    [
      "ends early behind the place where the search stops counting",
      { size: 6_000, isCapped: true },
      [
        page({ total: 10_000, data: entries(0, 6_000) }),
        page({ total: 10_000, data: entries(6_000, 9_999) }),
      ],
      "it has 9999 entries, and its total is 10000",
    ],
    [
      "has too long a page behind the place where the search stops counting",
      { size: 2, isCapped: true },
      [page({ total: 10_000, data: entries(0, 3) })],
      "page 1 has 3 of the 2 entries that its total 10000 promises",
    ],
    [
      "is short below that place",
      { size: 10_000, isCapped: true },
      [page({ total: 9_999, data: entries(0, 9_998) })],
      "page 1 has 9998 of the 9999 entries that its total 9999 promises",
    ],
    [
      "is short at that place, and no cursor leads on",
      { size: 10_000 },
      [page({ total: 10_000, data: entries(0, 9_999) })],
      "page 1 has 9999 of the 10000 entries that its total 10000 promises",
    ],
  ])("%s", async (_, paged, steps, says) => {
    expect(await why(paged, ...always(...steps))).toBe(says);
  });

  it("is read again up to three times, since somebody may have changed it in between", async () => {
    const short = page({ total: 3, data: entries(0, 2) });
    const whole = page({ total: 3, data: entries(0, 3) });
    const twice = read({ size: 10 }, short, short, whole);
    expect((await twice.result).entries).toEqual(entries(0, 3));
    expect(twice.sent).toHaveLength(3);
    const never = read({ size: 10 }, short, short, short, whole);
    await expect(never.result).rejects.toMatchObject({ kind: "incomplete" });
    expect(never.sent).toHaveLength(3);
  });

  it("is not read again where the failure is another", async () => {
    const { result, sent } = read({ size: 10 }, { status: 400, body: { message: "no", status_code: 400 } });
    await expect(result).rejects.toMatchObject({ kind: "validation" });
    expect(sent).toHaveLength(1);
    const gone = read({ size: 10 }, { status: 404, body: { message: "not there", status_code: 404 } });
    await expect(gone.result).rejects.toMatchObject({ kind: "not-found" });
  });

  it.each<[string, unknown]>([
    ["no object", [1]],
    ["no total", { data: [] }],
    ["a total that is no number", { total: "0", data: [] }],
    ["a total that is no whole number", { total: 0.5, data: [] }],
    ["a total below zero", { total: -1, data: [] }],
    ["no data", { total: 0 }],
    ["data that are no list", { total: 0, data: {} }],
    ["data that are no objects", { total: 1, data: ["a"] }],
  ])("is not Kibana's with %s", async (_, body) => {
    const error = await failure(read({ size: 10 }, { status: 200, body }).result);
    expect(error.kind).toBe("not-kibana");
    expect(error.problem).toBe(
      "the answer to GET /s/soc/api/exception_lists/_find has another form than Kibana's API promises: cannot find exception lists",
    );
  });
});
