/** The headings of an investigation guide, as analysts know them from Elastic's own rules. */
export interface GuideHeadings {
  readonly triage: string;
  /** Takes the rule's name. */
  readonly investigating: (name: string) => string;
  readonly steps: string;
  readonly falsePositives: string;
  readonly response: string;
}

const ENGLISH: GuideHeadings = {
  triage: "Triage and analysis",
  investigating: (name) => `Investigating ${name}`,
  steps: "Possible investigation steps",
  falsePositives: "False positive analysis",
  response: "Response and remediation",
};

const HEADINGS: Readonly<Record<string, GuideHeadings>> = {
  en: ENGLISH,
  "zh-CN": {
    triage: "分类和分析",
    investigating: (name) => `调查${name}`,
    steps: "可能的调查步骤",
    falsePositives: "误报分析",
    response: "响应和补救",
  },
};

/** The headings in a locale: its own, those of its language, else the English ones. */
export function guideHeadings(locale: string): GuideHeadings {
  return HEADINGS[locale] ?? HEADINGS[locale.split("-")[0]!] ?? ENGLISH;
}
