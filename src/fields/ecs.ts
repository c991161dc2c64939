/** The Elastic Common Schema as a table of fields. */
import type { Fields } from "./catalog.js";
import { EcsFields } from "./ecs-table.js";

let table: EcsFields | undefined;

function ecs(): EcsFields {
  return (table ??= new EcsFields());
}

/** The fields of ECS. Indices have others beside them, so that the table is open. */
export function ecsFields(): Fields {
  return ecs();
}

/** Whether Kibana calls a field of this name and type an ECS field; multi-fields do not count. */
export function isEcsField(name: string, type: string): boolean {
  return ecs().has(name, type);
}
