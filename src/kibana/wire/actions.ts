/** Codecs of connector actions and response actions; `rule-action.ts` has their types. */
import {
  RuleActionFrequency,
  RuleActionGroup,
  RuleActionId,
  RuleActionTypeId,
  RuleActionUuid,
} from "@kbn/securitysolution-io-ts-alerting-types";
import * as t from "io-ts";
import { form, freeObject } from "./form.js";
import { wholeNumber } from "./scalars.js";

const weekday = t.union(
  [t.literal(1), t.literal(2), t.literal(3), t.literal(4), t.literal(5), t.literal(6), t.literal(7)],
  "a day from 1 to 7",
);

/** Kibana keeps whatever else stands in the filter, so it is not exact. */
const alertsFilter = t.partial({
  query: t.intersection([
    t.type({ kql: t.string, filters: t.array(freeObject) }),
    t.partial({ dsl: t.string }),
  ]),
  timeframe: t.type({
    timezone: t.string,
    days: t.array(weekday),
    hours: t.type({ start: t.string, end: t.string }),
  }),
});

/** The group may be absent, because a system action has none; the alerting types ask for it. */
const action = form(
  { id: RuleActionId, action_type_id: RuleActionTypeId, params: freeObject },
  {
    group: RuleActionGroup,
    uuid: RuleActionUuid,
    frequency: t.exact(RuleActionFrequency),
    alerts_filter: alertsFilter,
  },
);

export const actions = t.array(action);

const ecsMapping = t.record(
  t.string,
  form({}, { field: t.string, value: t.union([t.string, t.array(t.string)]) }),
);

const packQuery = form(
  { id: t.string, query: t.string },
  {
    ecs_mapping: ecsMapping,
    version: t.string,
    platform: t.string,
    removed: t.boolean,
    snapshot: t.boolean,
  },
);

const osquery = form(
  {
    action_type_id: t.literal(".osquery"),
    params: form(
      {},
      {
        query: t.string,
        queries: t.array(packQuery),
        saved_query_id: t.string,
        pack_id: t.string,
        ecs_mapping: ecsMapping,
        timeout: wholeNumber(60, 900),
      },
    ),
  },
  {},
);

const comment = { comment: t.string };
const script = form({ scriptId: t.string }, { scriptInput: t.string, timeout: wholeNumber(1) });

const endpointParams = t.union(
  [
    form({ command: t.literal("isolate") }, comment),
    form(
      {
        command: t.keyof({ "kill-process": null, "suspend-process": null }),
        config: form({ field: t.string }, { overwrite: t.boolean }),
      },
      comment,
    ),
    form(
      {
        command: t.literal("runscript"),
        config: form({}, { linux: script, macos: script, windows: script }),
      },
      comment,
    ),
  ],
  "a command: isolate, kill-process, suspend-process or runscript",
);

const endpoint = form({ action_type_id: t.literal(".endpoint"), params: endpointParams }, {});

export const responseActions = t.array(
  t.union([osquery, endpoint], "an action of type .osquery or .endpoint"),
);
