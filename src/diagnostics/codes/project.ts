import { define } from "../define.js";

export const project = define({});
