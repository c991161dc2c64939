export { validate, type Validation } from "./validate.js";
