/** Most alerts that a rule makes in one run unless it says otherwise. */
export const DEFAULT_MAX_SIGNALS = 100;
