// Collects what is wrong with a template; every message shows its text with carets.
import {
  isLetheError,
  LetheError,
  type Diagnostic,
  type SourceLine,
} from '../../compiler/diagnostics/diagnostic.ts';
import type { Span } from './syntax.ts';
import type { TemplateText } from './template-text.ts';

export class Findings {
  readonly #list: Diagnostic[] = [];
  readonly #pointed = new WeakSet<LetheError>();

  constructor(
    readonly source: TemplateText,
    private readonly where: SourceLine | undefined,
  ) {}

  add(code: string, message: string, hint: string, ...spans: readonly Span[]): void {
    const shown = `${message}\n${this.source.point(spans)}`;
    this.#list.push({ code, message: shown, hint, ...(this.where ? { where: this.where } : {}) });
  }

  /** Adds a finding after which there is nothing to go on with, and throws all. */
  refuse(code: string, message: string, hint: string, ...spans: readonly Span[]): never {
    this.add(code, message, hint, ...spans);
    throw this.#error();
  }

  /** Throws a LetheError with all findings, in the order of the text as far as they were found in it. */
  throwIfAny(): void {
    if (this.#list.length > 0) throw this.#error();
  }

  #error(): LetheError {
    const error = new LetheError(this.#list);
    this.#pointed.add(error);
    return error;
  }

  /** Runs `action`; what the operations find wrong is said to be at `span`, the innermost that is known. */
  pointed<T>(span: Span, action: () => T): T {
    try {
      return action();
    } catch (error) {
      if (!isLetheError(error) || this.#pointed.has(error)) throw error;
      const place = this.source.point([span]);
      const shown = new LetheError(
        error.diagnostics.map((d) => ({ ...d, message: `${d.message}\n${place}` })),
      );
      this.#pointed.add(shown);
      throw shown;
    }
  }
}
