export const DOCTOR_VERSION = 1;

/** `skipped`: it needs something that failed, or has nothing to look at. */
export type CheckStatus = "ok" | "warning" | "problem" | "skipped";

/** What one check found. */
export interface Check {
  /** What was looked at, such as `certificate` or `rules-write`. */
  readonly id: string;
  /** For people: one or two words. */
  readonly title: string;
  readonly status: CheckStatus;
  /** Lower-case start, no full stop. */
  readonly message: string;
  /** What to do, of what is not ok. */
  readonly help?: string;
  /** Of checks of one space. */
  readonly space?: string;
}

export interface Examination {
  readonly environment: string;
  /** Kibana's address without credentials; null where the configuration gives none that can be read. */
  readonly url: string | null;
  /** Kibana's version; null where it is not known. */
  readonly kibana: string | null;
  readonly checks: readonly Check[];
}

export type DoctorSummary = Readonly<Record<CheckStatus, number>>;

export interface Doctor {
  readonly version: typeof DOCTOR_VERSION;
  readonly summary: DoctorSummary;
  readonly environments: readonly Examination[];
}

/** What came of looking up a name and shaking hands with a server. */
export interface Handshake {
  /** Absent where the certificate is trusted; else Node's code. */
  readonly error?: string;
  /** Milliseconds since 1970. */
  readonly expires?: number;
  readonly issuer?: string;
}

/** How the network is looked at, without Kibana's client. */
export interface Probes {
  /** The addresses of a host. Rejects where there is none. */
  lookup(host: string): Promise<readonly string[]>;
  /** Connects with TLS, whatever the certificate. Rejects where no connection comes about. */
  handshake(host: string, port: number, ca: string | undefined): Promise<Handshake>;
}
