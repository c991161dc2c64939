import { define } from "../define.js";

export const deploy = define({});
