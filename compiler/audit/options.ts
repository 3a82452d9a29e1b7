// What an audit is asked for.

export interface AuditOptions {
  /** How long tampering, and then mutation, go on; each tries as much as fits, and says how much that was. */
  readonly seconds: number;
  readonly seed: number;
  /** What is being done, and how much of it is done. */
  readonly progress?: (stage: string, done: number, of: number) => void;
}
