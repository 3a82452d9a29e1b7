// How long work tells of itself.
export interface Progress {
  /** What is being done, in a few words. */
  readonly phase: string;
  readonly done: number;
  readonly total: number;
}

export type Report = (progress: Progress) => void;

export const silent: Report = () => undefined;
