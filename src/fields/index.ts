export type { FieldInfo, Fields } from "./catalog.js";
export { type FieldsInput, fieldsOf } from "./given.js";
export {
  type Family,
  familyOf,
  isBoolean,
  isDate,
  isInteger,
  isIp,
  isKeyword,
  isNumber,
  isObject,
  isString,
  isText,
  isVersion,
} from "./types.js";
