/** `POST /api/timeline/_import`. */
import { isJson } from "../../json/index.js";
import type { Actor } from "../rules/write.js";
import { addTimeline, changeTimeline, templateNamed, type TimelineBody } from "./store.js";

interface LineError {
  readonly id: string;
  readonly error: { readonly status_code: number; readonly message: string };
}

const OLD_TEMPLATE =
  "Template timeline version conflict, the provided templateTimelineVersion is not greater than the current one";

/** Imports the lines of an export: one that is there already is left alone, and only a newer template replaces one. */
export function importTimelines(actor: Actor, lines: readonly string[]) {
  const errors: LineError[] = [];
  let installed = 0;
  let updated = 0;
  const fail = (id: string, status_code: number, message: string): void =>
    void errors.push({ id, error: { status_code, message } });
  const install = (body: TimelineBody): void => {
    addTimeline(actor, body);
    installed++;
  };
  for (const line of lines) {
    const body = parsed(line);
    if (body === undefined) {
      fail("", 400, "Bad Request");
      continue;
    }
    const id = typeof body["savedObjectId"] === "string" ? body["savedObjectId"] : "";
    if (body.timelineType !== "template") {
      if (actor.space.timelines.has(id)) fail(id, 409, `timeline_id: "${id}" already exists`);
      else install(body);
      continue;
    }
    const existing = templateNamed(actor, body.templateTimelineId ?? "");
    if (existing === undefined) install(body);
    else if ((body.templateTimelineVersion ?? 0) <= (existing.templateTimelineVersion ?? 0)) {
      fail(existing.id, 409, OLD_TEMPLATE);
    } else {
      changeTimeline(actor, existing, body);
      updated++;
    }
  }
  return {
    success: errors.length === 0,
    success_count: installed + updated,
    timelines_installed: installed,
    timelines_updated: updated,
    errors,
  };
}

function parsed(line: string): TimelineBody | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return isJson(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
