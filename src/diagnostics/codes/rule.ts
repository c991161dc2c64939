import { define } from "../define.js";

export const rule = define({});
