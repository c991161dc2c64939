import * as t from "io-ts";

/** How a mapping compares its field: Kibana knows only equality. */
export const operator = t.keyof({ equals: null });
