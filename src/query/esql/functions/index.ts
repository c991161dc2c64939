export {
  findFunction,
  type FunctionFacts,
  functionNames,
  operatorSignatures,
  type Parameter,
  type Signature,
} from "./table.js";
