import { JsonItems } from "./json/json-items.js";
import { JsonReader } from "./json/json-reader.js";
import {
  problem,
  type ReadOptions,
  type SourceItem,
  type SourceOrigin,
  type SourceProblem,
} from "./model.js";
import { peek } from "./peek.js";
import { type Reading, startReading } from "./reading.js";
import { sniff, SNIFFED } from "./sniff.js";
import { readToml } from "./toml/read-toml.js";
import { gunzip, type UnpackFailure } from "./unpack.js";
import { utf16ToUtf8 } from "./utf16.js";
import { zipEntries } from "./zip/zip-entries.js";

/**
 * Reads what is to be imported, whatever it is: rule exports of Kibana 7.14 and later, with their lists, items, connectors and
 * summary; exports of exception lists; JSON of one rule or many, answers of the API among it; assets of Elastic's package of prebuilt
 * rules; TOML of detection-rules; all of these in gzip and zip. What it is, its bytes tell, not its name.
 *
 * Items come as they are read, so that the size of a source does not matter: no more than one object is held (and of TOML a file). Bad
 * input does not throw: problems come between the items, and nothing that is broken hides what follows. Only errors of `bytes`
 * itself are thrown on.
 *
 * @param name what origins call the source; it is not used otherwise.
 */
export async function* readSource(
  name: string,
  bytes: AsyncIterable<Uint8Array>,
  options: ReadOptions = {},
): AsyncGenerator<SourceItem> {
  yield* readContent({ bytes, origin: { file: name }, depth: 0 }, startReading(options));
}

interface Source {
  readonly bytes: AsyncIterable<Uint8Array>;
  readonly origin: SourceOrigin;
  /** In how many archives it lies. */
  readonly depth: number;
}

async function* readContent(
  { bytes: all, origin, depth }: Source,
  reading: Reading,
): AsyncGenerator<SourceItem> {
  const { head, bytes, close } = await peek(all, SNIFFED);
  const content = sniff(head);
  const source: Source = { bytes, origin, depth };
  switch (content.kind) {
    case "gzip":
    case "zip":
      if (depth >= reading.limits.archives) {
        yield problem("source/nested-archive", { limit: reading.limits.archives }, origin);
        break;
      }
      return yield* content.kind === "zip" ? readZip(source, reading) : readGzip(source, reading);
    case "utf-16":
      yield problem("source/utf-16", { encoding: content.encoding }, origin);
      return yield* readContent({ ...source, bytes: utf16ToUtf8(bytes, content.encoding) }, reading);
    case "json":
    case "text":
      return yield* readJson(source, reading);
    case "toml":
      return yield* readToml(bytes, origin, reading);
    case "empty":
      yield problem("source/empty", {}, origin);
      break;
    default:
      yield problem("source/unsupported-format", { format: content.name }, origin);
  }
  await close();
}

async function* readJson({ bytes, origin }: Source, reading: Reading): AsyncGenerator<SourceItem> {
  const items = new JsonItems(origin, reading);
  const reader = new JsonReader(reading.limits.object, (piece) => items.add(piece));
  for await (const chunk of bytes) {
    reader.push(chunk);
    yield* items.take();
  }
  reader.end();
  items.end();
  yield* items.take();
}

async function* readGzip({ bytes, origin, depth }: Source, reading: Reading): AsyncGenerator<SourceItem> {
  const packed = bytes[Symbol.asyncIterator]();
  try {
    const unpacking = gunzip(async () => {
      const next = await packed.next();
      return next.done === true ? undefined : next.value;
    }, reading);
    yield* readContent({ bytes: unpacking.bytes, origin, depth: depth + 1 }, reading);
    const failure = unpacking.failure();
    if (failure !== undefined) yield ofFailure(failure, origin);
  } finally {
    await packed.return?.();
  }
}

async function* readZip({ bytes, origin, depth }: Source, reading: Reading): AsyncGenerator<SourceItem> {
  let others = 0;
  for await (const piece of zipEntries(bytes, reading)) {
    if (piece.kind === "failure") {
      yield ofFailure(piece.failure, origin);
      continue;
    }
    const path = origin.path === undefined ? piece.name : `${origin.path}/${piece.name}`;
    const at = { ...origin, path };
    if (piece.kind === "unreadable") {
      yield problem("source/unreadable-entry", { reason: piece.reason }, at);
      continue;
    }
    for await (const item of readContent({ bytes: piece.bytes, origin: at, depth: depth + 1 }, reading))
      if (isAside(item)) others++;
      else yield item;
  }
  if (others > 0) yield problem("source/others-skipped", { count: others }, origin);
}

/** An archive of a repository holds readmes, pictures and programs. */
function isAside(item: SourceItem): boolean {
  if (item.kind !== "problem") return false;
  return ["source/unrecognised", "source/empty", "source/unsupported-format"].includes(item.code);
}

function ofFailure(failure: UnpackFailure, origin: SourceOrigin): SourceProblem {
  if (failure.kind === "damaged")
    return problem("source/damaged-archive", { reason: failure.reason }, origin);
  return problem("source/archive-limit", { limit: failure.limit, unit: failure.unit }, origin);
}
