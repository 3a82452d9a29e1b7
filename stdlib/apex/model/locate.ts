// Which files a path stands for: a .safetensors file, an index of several, or a folder with either.
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { FileError } from '../../../compiler/files/index.ts';

/** What was found. */
export type Location =
  | { readonly kind: 'file'; readonly file: string }
  | { readonly kind: 'index'; readonly file: string };

const indexEnding = '.safetensors.index.json';

/**
 * In a folder, `<stem>.safetensors` is taken before `<stem>.safetensors.index.json`, as the libraries do that write them.
 * @param stem `model`, or `adapter_model` for adapters.
 * @throws FileError `cannot-read`, naming what the folder holds instead.
 */
export async function locate(path: string, stem = 'model'): Promise<Location> {
  const refuse = (problem: string, hint: string, cause?: unknown): never => {
    throw new FileError({ code: 'cannot-read', file: path, problem, hint, cause });
  };
  const found = await stat(path).catch((cause: unknown) =>
    refuse(
      cause instanceof Error ? cause.message : String(cause),
      'give a .safetensors file, a .safetensors.index.json file, or a folder with either',
      cause,
    ),
  );
  if (!found.isDirectory()) {
    if (pickled.test(path)) refuse('is no safetensors file', conversion('it'));
    return { kind: path.endsWith(indexEnding) ? 'index' : 'file', file: path };
  }
  const names = await readdir(path);
  const single = `${stem}.safetensors`;
  if (names.includes(single)) return { kind: 'file', file: join(path, single) };
  const index = `${stem}${indexEnding}`;
  if (names.includes(index)) return { kind: 'index', file: join(path, index) };
  const other = names.find((name) => pickled.test(name));
  return refuse(
    `holds neither ${single} nor ${index}`,
    other === undefined ? `name the file itself, or call it ${single}` : conversion(other),
  );
}

/** How the formats end that models had before safetensors. */
const pickled = /\.(bin|pt|pth|ckpt|h5|msgpack)$/;

const conversion = (file: string): string =>
  `convert ${file}: in Python, from_pretrained(...).save_pretrained(folder, safe_serialization=True)`;
