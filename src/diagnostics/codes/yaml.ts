import { define } from "../define.js";

export const yaml = define({});
