/** All that spaces hold, so that two moments can be compared. */
import type { Session } from "../../support/kibana.js";
import { type Json, type Space, VALUE_LIST } from "./project.js";

export interface SpaceState {
  readonly rules: readonly Json[];
  readonly lists: readonly Json[];
  readonly items: readonly Json[];
  readonly connectors: readonly Json[];
  readonly values: readonly string[];
}

export type State = Readonly<Record<Space, SpaceState>>;

export const prefixOf = (space: Space): string => (space === "default" ? "" : `/s/${space}`);

async function spaceState(api: Session, space: Space): Promise<SpaceState> {
  const prefix = prefixOf(space);
  const page = async (path: string): Promise<Json[]> =>
    (await api.get<{ data: Json[] }>(`${prefix}${path}per_page=1000`)).body.data;
  const lists = await page("/api/exception_lists/_find?");
  const items: Json[] = [];
  for (const { list_id } of lists)
    items.push(...(await page(`/api/exception_lists/items/_find?list_id=${String(list_id)}&`)));
  const values = await api.post(`${prefix}/api/lists/items/_export?list_id=${VALUE_LIST}`);
  return {
    rules: await page("/api/detection_engine/rules/_find?"),
    lists,
    items,
    connectors: (await api.get<Json[]>(`${prefix}/api/actions/connectors`)).body,
    values: values.status === 200 ? values.text.split("\n").filter((line) => line !== "") : [],
  };
}

export async function stateOf(api: Session): Promise<State> {
  return { default: await spaceState(api, "default"), soc: await spaceState(api, "soc") };
}
