import { define } from "../define.js";

export const attack = define({});
