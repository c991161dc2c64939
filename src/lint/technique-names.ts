import type { AttackVocabulary } from "../attack/index.js";
import { type Diagnostic, fromPointer } from "../diagnostics/index.js";
import { techniqueHelp } from "./checks/attack-guess.js";

/**
 * Where the schema refused a technique that was written by its name (`PowerShell`), says which id it has. The schema knows what an
 * id looks like; which techniques there are is in the vocabulary.
 */
export function withTechniqueIds(
  diagnostic: Diagnostic,
  data: unknown,
  vocabulary: AttackVocabulary,
): Diagnostic {
  const [field, tactic = "", index, ...rest] = fromPointer(diagnostic.target.pointer ?? "");
  if (diagnostic.help !== undefined || field !== "attack" || index === undefined || rest.length > 0)
    return diagnostic;
  const { attack } = data as { attack?: Readonly<Record<string, readonly unknown[] | undefined>> };
  const name = attack?.[tactic]?.[Number(index)];
  const help = typeof name === "string" ? techniqueHelp({ id: undefined, name }, vocabulary) : undefined;
  return help === undefined ? diagnostic : { ...diagnostic, help };
}
