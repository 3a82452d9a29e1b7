// Per-example gradients out of a file: rows of the empirical Fisher, read for a run of blocks at a time.
//   a layer of ViT-B has 2.36 million weights: 64 examples of it are 0.6 GB, of 100 blocks of 64 they are 1.6 MB
import { FileError } from '../../../compiler/files/index.ts';
import type { Block, GradientRows, Numbers } from '../reference/index.ts';
import { gradientNames } from './gradient-names.ts';
import { openGradients, requireGradient, unusedNames } from './gradient-store.ts';
import { fromStored } from './matrices.ts';
import type { Model, ModelTensor } from './model.ts';
import { checkFinite, requireTensor, showNames, showShape } from './require.ts';
import { blockNumbering, tensorBlockCount } from './scope-blocks.ts';
import type { BlockRange } from './scope-blocks.ts';
import type { Scope, ScopeTensor } from './scope.ts';

/** An opened file. */
export interface ExampleGradients {
  /** n, the same for every weight. */
  readonly examples: number;
  /** Tensors for weights outside the scope: they are not read. */
  readonly unused: readonly string[];
  /**
   * The gradients of some blocks of one matrix: a row for each example, its blocks one after another:
   * [n, sum of their lengths]. Only these entries are read where the file stores [out, in]; a matrix stored as
   * [in, out] is read whole, one example at a time.
   * @param range numbers of blocks within the matrix.
   * @throws FileError `bad-value` for NaN and infinities; RangeError for blocks that the matrix hasn't.
   */
  readBlocks(tensor: ScopeTensor, range: BlockRange): Promise<GradientRows>;
  /** Example number `example` of one matrix, [out, in] flattened. @throws FileError `bad-value`; RangeError. */
  readExample(tensor: ScopeTensor, example: number): Promise<Numbers>;
}

/**
 * @param path a file, an index of several, or a folder, as for models; names as in `gradientNames`.
 * @throws FileError `missing-tensor`, `unknown-tensor`, `bad-shape`, `unknown-dtype`, or as `openModel`.
 */
export async function openExampleGradients(path: string, scope: Scope): Promise<ExampleGradients> {
  const store = await openGradients(path);
  const unused = unusedNames(store, [gradientNames.example], scope);
  const examples = countExamples(store, scope);
  const find = (tensor: ScopeTensor) =>
    requireGradient(store, gradientNames.example, tensor, [examples]);
  for (const tensor of scope.tensors) find(tensor);

  const readExample = async (tensor: ScopeTensor, example: number): Promise<Numbers> => {
    if (!(Number.isSafeInteger(example) && example >= 0 && example < examples)) {
      throw new RangeError(`example ${example} of ${examples}`);
    }
    const count = tensor.shape[0] * tensor.shape[1];
    const [row] = await readRows(store, find(tensor), [{ start: example * count, count }]);
    return fromStored(tensor, row!);
  };
  return {
    examples,
    unused,
    readExample,
    async readBlocks(tensor, range) {
      const total = tensorBlockCount(tensor, scope);
      const { first, count } = range;
      if (!(first >= 0 && count >= 0 && first + count <= total)) {
        throw new RangeError(`blocks ${first} to ${first + count} of ${total}`);
      }
      if (count === 0) return Array.from({ length: examples }, () => new Float32Array());
      // Blocks in their order are one run of the flattened matrix.
      const weights = tensor.shape[0] * tensor.shape[1];
      const numbering = blockNumbering({ ...scope, tensors: [tensor] });
      const { start } = numbering.at(first);
      const last = numbering.at(first + count - 1);
      const end = last.start + last.length;
      if (tensor.orientation === 'out-in') {
        const ranges = Array.from({ length: examples }, (_, example) => ({
          start: example * weights + start,
          count: end - start,
        }));
        return readRows(store, find(tensor), ranges);
      }
      const rows: Numbers[] = [];
      for (let example = 0; example < examples; example++) {
        const whole = await readExample(tensor, example);
        rows.push(whole.slice(start, end));
      }
      return rows;
    },
  };
}

/** One block of rows that `readBlocks` gave from the block `first` on: [n, length], nothing copied. */
export const blockOfRows = (
  rows: GradientRows,
  { block, first }: { readonly block: Block; readonly first: Block },
): GradientRows => {
  const start = block.start - first.start;
  return rows.map((row) => row.subarray(start, start + block.length));
};

async function readRows(
  store: Model,
  tensor: ModelTensor,
  ranges: readonly { readonly start: number; readonly count: number }[],
): Promise<Numbers[]> {
  const rows = await store.readRanges(tensor.name, ranges);
  rows.forEach((row, i) => checkFinite(row, tensor, ranges[i]!.start));
  return rows;
}

/** n of the first weight in scope; the others are compared with it. */
function countExamples(store: Model, { tensors }: Scope): number {
  const { name, shape } = tensors[0]!;
  const hint = `every weight in scope needs one, named ${gradientNames.example}<weight>; the file has ${showNames(store.tensors.keys())}`;
  const tensor = requireTensor(store, `${gradientNames.example}${name}`, hint);
  const [examples] = tensor.shape;
  if (examples === undefined || examples < 1 || tensor.shape.length !== 3) {
    const problem = `shape is ${showShape(tensor.shape)}, [n, ${shape.join(', ')}] with n of at least 1 is needed`;
    const cure = 'write the gradient of at least one example: torch.stack over examples';
    throw new FileError({
      code: 'bad-shape',
      file: tensor.file,
      tensor: tensor.name,
      problem,
      hint: cure,
    });
  }
  return examples;
}
