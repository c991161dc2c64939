import { define } from "../define.js";

export const bundle = define({});
