// Where in the author's own file a call was made: the first stack frame outside the library.
import { at, isLetheError, type SourceLine } from '../compiler/diagnostics/diagnostic.ts';

const scheme = 'file://';
const pathOf = (url: string): string => decodeURIComponent(url.slice(scheme.length));

const root = pathOf(new URL('..', import.meta.url).href);
const roots = root.endsWith('/dist/') ? [root, root.slice(0, -'dist/'.length)] : [root];
const rooms = ['dsl/', 'stdlib/', 'compiler/'];
const internal = roots.flatMap((base) => rooms.map((room) => base + room));

/** `at name (file:line:column)` or `at file:line:column`; a file's path may hold spaces and brackets. */
const named = /^at .*? \((.*):(\d+):(\d+)\)$/;
const bare = /^at (?:async )?(.*):(\d+):(\d+)$/;

/** Runs `action`; what it finds wrong is placed at the author's line. */
export function located<T>(action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (!isLetheError(error)) throw error;
    return at(authorLine(), () => {
      throw error;
    });
  }
}

let known: SourceLine | undefined;

/** Runs `action`, all of which the author wrote at one line; the stack below it may be deep. */
export function writtenAt<T>(where: SourceLine | undefined, action: () => T): T {
  const before = known;
  known = where;
  try {
    return action();
  } finally {
    known = before;
  }
}

/** Undefined when the stack shows no file of the author's. Few frames are enough almost always, and each is dear to place. */
export function authorLine(): SourceLine | undefined {
  return known ?? firstOutside(8) ?? firstOutside(40);
}

function firstOutside(depth: number): SourceLine | undefined {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = depth;
  const frames = new Error().stack?.split('\n').slice(1) ?? [];
  Error.stackTraceLimit = limit;
  for (const frame of frames) {
    const match = named.exec(frame.trim()) ?? bare.exec(frame.trim());
    const file = match && toPath(match[1]!);
    if (!file) continue;
    if (file.includes('/node_modules/') || internal.some((prefix) => file.startsWith(prefix)))
      continue;
    return { file: shorten(file), line: Number(match[2]), column: Number(match[3]) };
  }
  return undefined;
}

/** Frames name files by URL or by path, some with a query; undefined for what is no file. */
function toPath(file: string): string | undefined {
  if (file.startsWith(scheme)) return pathOf(file.replace(/[?#].*$/, ''));
  return file.startsWith('/') ? file.replace(/\?.*$/, '') : undefined;
}

/** Relative to the working directory for a file in it, else absolute. */
function shorten(path: string): string {
  const here = `${process.cwd()}/`;
  return path.startsWith(here) ? path.slice(here.length) : path;
}
