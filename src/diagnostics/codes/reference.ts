import { define } from "../define.js";

export const reference = define({});
