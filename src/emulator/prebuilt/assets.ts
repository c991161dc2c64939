/** The prebuilt rules that a Kibana knows: every version of each. */

/** A rule in create form, with `rule_id` and `version`. */
export type Asset = Readonly<Record<string, unknown>>;

export class Assets {
  private readonly versions = new Map<string, Map<number, Asset>>();
  private readonly latest = new Map<string, Asset>();

  constructor(assets: readonly Asset[]) {
    for (const asset of assets) {
      const id = String(asset["rule_id"]);
      const version = Number(asset["version"]);
      const known = this.versions.get(id) ?? new Map<number, Asset>();
      this.versions.set(id, known.set(version, asset));
      if (Number(this.latest.get(id)?.["version"] ?? 0) < version) this.latest.set(id, asset);
    }
  }

  get size(): number {
    return this.latest.size;
  }

  has(ruleId: string): boolean {
    return this.latest.has(ruleId);
  }

  /** The newest version of each rule. */
  newest(): readonly (readonly [ruleId: string, asset: Asset])[] {
    return [...this.latest];
  }

  newestOf(ruleId: string): Asset | undefined {
    return this.latest.get(ruleId);
  }

  /** One version of a rule, where this Kibana knows it. */
  get(ruleId: string, version: number): Asset | undefined {
    return this.versions.get(ruleId)?.get(version);
  }
}
