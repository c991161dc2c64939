export { type AttackVersion, attackVersionFor, ATTACK_VERSIONS, loadAttack, versionWith } from "./load.js";
export {
  type AttackVocabulary,
  type Tactic,
  type Technique,
  tacticReference,
  techniqueReference,
} from "./vocabulary.js";
