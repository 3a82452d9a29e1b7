// Identifiers: names of inputs and outputs may hold characters that Noir's may not, or be its keywords.
import { preludeNames } from './prelude.ts';

const keywords =
  'as assert assert_eq assert_constant bool break call_data char comptime const constrain continue contract crate dep ' +
  'distinct else enum false Field fmtstr fn for global if impl in internal let loop match mod mut panic priv pub quote ' +
  'return return_data self Self static_assert std str struct super trait true type unchecked unconstrained unsafe use ' +
  'where while';
const ours = ['main', 'lethe', 'Outputs', ...preludeNames];

/** Distinct identifiers for one scope. */
export class Names {
  readonly #taken = new Set([...keywords.split(' '), ...ours]);

  /** An identifier like `preferred` that nothing else in the scope has. */
  claim(preferred: string): string {
    const name = this.free(preferred);
    this.#taken.add(name);
    return name;
  }

  /** The same without keeping it: for names that live in one loop. */
  free(preferred: string): string {
    let name = preferred.replace(/[^A-Za-z0-9_]/g, '_');
    if (/^_*$/.test(name)) name = `${name}value`;
    if (/^([0-9]|[ui][0-9]+$)/.test(name)) name = `_${name}`;
    while (this.#taken.has(name)) name += '_';
    return name;
  }
}
