export interface Tactic {
  /** Such as `TA0001`. */
  readonly id: string;
  readonly name: string;
  /** Such as `initial-access`. */
  readonly shortname: string;
}

export interface Technique {
  /** `T1059`, or `T1059.001` for a sub-technique. */
  readonly id: string;
  readonly name: string;
  /** Ids of the tactics that it serves. */
  readonly tactics: readonly string[];
  /** The technique that took its place. */
  readonly revoked_by?: string;
  /** Revoked without a successor. */
  readonly revoked?: boolean;
  readonly deprecated?: boolean;
}

/** A file of `schemas/attack/`. */
export interface AttackTable {
  readonly version: string;
  readonly tactics: readonly Tactic[];
  readonly techniques: readonly Technique[];
}

/** One version of MITRE ATT&CK's Enterprise matrix. */
export class AttackVocabulary {
  readonly version: string;
  /** In the matrix's order. */
  readonly tactics: readonly Tactic[];
  readonly techniques: ReadonlyMap<string, Technique>;
  readonly #tacticsByKey = new Map<string, Tactic>();

  constructor(table: AttackTable) {
    this.version = table.version;
    this.tactics = table.tactics;
    this.techniques = new Map(table.techniques.map((technique) => [technique.id, technique]));
    for (const tactic of table.tactics)
      for (const key of [tactic.id, tactic.name, tactic.shortname])
        this.#tacticsByKey.set(key.toLowerCase(), tactic);
  }

  /** A tactic by its id, name or shortname, without regard to case. */
  tactic(key: string): Tactic | undefined {
    return this.#tacticsByKey.get(key.trim().toLowerCase());
  }

  technique(id: string): Technique | undefined {
    return this.techniques.get(id);
  }

  /** The technique that a sub-technique belongs to. */
  parentOf(id: string): Technique | undefined {
    const dot = id.indexOf(".");
    return dot < 0 ? undefined : this.techniques.get(id.slice(0, dot));
  }

  /** What a technique may be called: its name, and for a sub-technique also `<technique>: <name>`, as MITRE's pages head it. */
  namesOf(technique: Technique): string[] {
    const parent = this.parentOf(technique.id);
    return parent === undefined ? [technique.name] : [technique.name, `${parent.name}: ${technique.name}`];
  }

  isRevoked(technique: Technique): boolean {
    return technique.revoked === true || technique.revoked_by !== undefined;
  }

  /** Follows revoked-by to the technique in force; undefined where the chain ends in nothing or runs in a circle. */
  successorOf(technique: Technique): Technique | undefined {
    const seen = new Set<string>();
    let at: Technique | undefined = technique;
    while (at?.revoked_by !== undefined && !seen.has(at.id)) {
      seen.add(at.id);
      at = this.techniques.get(at.revoked_by);
    }
    return at === undefined || at === technique || this.isRevoked(at) ? undefined : at;
  }
}

/** The page of a tactic, in the form in which Kibana writes it: with a slash at the end. */
export function tacticReference(id: string): string {
  return `https://attack.mitre.org/tactics/${id}/`;
}

export function techniqueReference(id: string): string {
  return `https://attack.mitre.org/techniques/${id.replace(".", "/")}/`;
}
