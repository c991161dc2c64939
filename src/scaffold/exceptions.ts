import { emit } from "../yaml/emit/index.js";

/** The file of a new exception list, without items: one that stands there as an example would be deployed. */
export function exceptionsText(list: {
  readonly listId: string;
  readonly name: string;
  readonly schemaLine: string | undefined;
}): string {
  return `${list.schemaLine === undefined ? "" : `${list.schemaLine}\n`}\
# Rules take this list with \`exceptions: [${list.listId}]\`. An event that one of the items matches makes no alert.
${emit({ list_id: list.listId, name: list.name })}\
description: >-
  What is excepted here, and who decides about it.
type: detection
# An item names as little as it can, by exact values:
#
#   - item_id: ${list.listId}-backup
#     name: Backup server
#     description: Why this is expected, and until when.
#     entries:
#       - { field: host.name, type: match, operator: included, value: backup01 }
items: []
`;
}
