// Where in the author's own file a call was made: the first stack frame outside the library.
import { at, isLetheError, type SourceLine } from '../compiler/diagnostics/diagnostic.ts';

const root = new URL('..', import.meta.url).href;
const roots = root.endsWith('/dist/') ? [root, root.slice(0, -'dist/'.length)] : [root];
const rooms = ['dsl/', 'stdlib/', 'compiler/'];
const internal = roots.flatMap((base) => rooms.map((room) => base + room));

const place = /\(?([^()\s][^()]*):(\d+):(\d+)\)?$/;

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
    const match = place.exec(frame.trim().replace(/^at (async )?/, ''));
    if (!match || match[1]!.startsWith('node:')) continue;
    const file = toUrl(match[1]!);
    if (file.includes('/node_modules/') || internal.some((prefix) => file.startsWith(prefix)))
      continue;
    return { file: shorten(file), line: Number(match[2]), column: Number(match[3]) };
  }
  return undefined;
}

/** Frames name files by URL or by path, some with a query. */
function toUrl(file: string): string {
  const clean = file.replace(/\?.*$/, '').replace(/^.*\((?=\/|file:)/, '');
  const url = clean.replace(/^.*?(file:\/\/)/, '$1');
  return url.startsWith('file:') ? decodeURI(url) : `file://${clean.replace(/^[^/]*? (?=\/)/, '')}`;
}

function shorten(url: string): string {
  const path = url.slice('file://'.length);
  const here = `${process.cwd()}/`;
  return path.startsWith(here) ? path.slice(here.length) : path;
}
