// The schemas of the books in their order. An entry that was published is never changed; a new one is added below it.
import { owners } from './owners.ts';

/** One step from schema to schema: statements that run in one transaction. Its version is its place in the list, from 1. */
export interface Migration {
  readonly name: string;
  readonly statements: readonly string[];
}

export const migrations: readonly Migration[] = [{ name: 'owners', statements: owners }];

/** First schemas of other protocols: no step leads from them to these books. */
export const retired: readonly string[] = ['first', 'columns'];
