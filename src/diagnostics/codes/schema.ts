import { define } from "../define.js";

export const schema = define({});
