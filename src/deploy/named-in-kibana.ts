import { type Diagnostic, report, type Target } from "../diagnostics/index.js";
import type { Client } from "../kibana/client.js";
import { hasTimeline, listDataViews } from "../kibana/endpoints/index.js";
import { isKibanaError } from "../kibana/errors.js";
import { PREBUILT_TIMELINES } from "../kibana/timelines.js";
import type { Desired, DesiredRule } from "./desired/desired.js";

type Field = "data_view_id" | "timeline_id";

/**
 * What rules name that lives in Kibana alone and that a space lacks: data views, without which a rule fails, and timelines. A
 * finding for each rule, at its line, names the spaces. Spaces without such rules cost no request. Where Kibana does not
 * let one look, that is said once.
 *
 * @param missing spaces that are yet to be made, which have neither
 * @param elsewhere the place of findings about what could not be read
 */
export async function missingInKibana(
  client: Client,
  spaces: readonly Desired[],
  missing: readonly string[],
  elsewhere: Target,
): Promise<Diagnostic[]> {
  const lacking = new Map<string, Lacking>();
  const unread = new Map<Field, string>();
  for (const { space, rules } of spaces) {
    const look = new SpaceLook(client, space, missing.includes(space));
    for (const rule of rules) {
      for (const field of ["data_view_id", "timeline_id"] as const) {
        const id = idIn(rule, field);
        if (id === undefined || unread.has(field)) continue;
        try {
          if (await look.has(field, id)) continue;
        } catch (error) {
          if (!isKibanaError(error)) throw error;
          unread.set(field, error.problem);
          continue;
        }
        const key = JSON.stringify([field, rule.file, id]);
        const known = lacking.get(key);
        if (known === undefined) lacking.set(key, { field, id, rule, spaces: [space] });
        else known.spaces.push(space);
      }
    }
  }
  return [
    ...[...lacking.values()].map(lackingFinding),
    ...[...unread].map(([field, problem]) =>
      report("deploy/not-looked-for", { what: WHAT[field], problem }, elsewhere),
    ),
  ];
}

function idIn({ rule }: DesiredRule, field: Field): string | undefined {
  const id = field in rule ? rule[field as keyof typeof rule] : undefined;
  return typeof id === "string" && id !== "" ? id : undefined;
}

const WHAT = { data_view_id: "data views", timeline_id: "timelines" } as const;

interface Lacking {
  readonly field: Field;
  readonly id: string;
  readonly rule: DesiredRule;
  readonly spaces: string[];
}

function lackingFinding({ field, id, rule, spaces }: Lacking): Diagnostic {
  const named = spaces.map((space) => `"${space}"`).join(", ");
  const params = { id, spaces: `${spaces.length === 1 ? "space" : "spaces"} ${named}` };
  const target: Target = { file: rule.file, pointer: `/${field}` };
  return field === "data_view_id"
    ? report("deploy/missing-data-view", params, target)
    : report("deploy/missing-timeline", params, target);
}

/** What one space has, asked for when a rule names the first of it. */
class SpaceLook {
  readonly #client: Client;
  readonly #space: string;
  readonly #isMissing: boolean;
  #views: Promise<readonly string[]> | undefined;
  readonly #timelines = new Map<string, Promise<boolean>>();

  constructor(client: Client, space: string, isMissing: boolean) {
    this.#client = client;
    this.#space = space;
    this.#isMissing = isMissing;
  }

  async has(field: Field, id: string): Promise<boolean> {
    if (field === "timeline_id" && PREBUILT_TIMELINES.has(id)) return true;
    if (this.#isMissing) return false;
    if (field === "data_view_id") return (await this.#dataViews()).includes(id);
    const known = this.#timelines.get(id) ?? hasTimeline(this.#client, this.#space, id);
    this.#timelines.set(id, known);
    return known;
  }

  #dataViews(): Promise<readonly string[]> {
    return (this.#views ??= listDataViews(this.#client, this.#space));
  }
}
