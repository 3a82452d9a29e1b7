// adapter_config.json of PEFT: r, lora_alpha, use_rslora, fan_in_fan_out. What would make the merged weights something else
// than W + s·B·A is refused, not ignored.
import { FileError } from '../../../compiler/files/index.ts';

/** What merging needs. */
export interface AdapterConfig {
  /** r, the rows of A and the columns of B. */
  readonly rank: number;
  /** s, the factor of B·A. */
  readonly scale: number;
  /** Whether the base stores its weights as [in, out]. */
  readonly transposed: boolean;
}

/** Settings that change the weights in a way that is not W + s·B·A: each must be absent, null, false or empty. */
const unsupported = [
  'use_dora',
  'lora_bias',
  'rank_pattern',
  'alpha_pattern',
  'layer_replication',
  'megatron_config',
  'use_qalora',
  'target_parameters',
  'alora_invocation_tokens',
  'arrow_config',
] as const;

/** Ways to initialise A and B that leave the base weights as they are. */
const harmlessStarts: readonly unknown[] = [
  undefined,
  null,
  true,
  false,
  'gaussian',
  'eva',
  'orthogonal',
];

/** @throws FileError `bad-adapter`, naming the setting and its value. */
export function checkAdapterConfig(
  json: Readonly<Record<string, unknown>>,
  file: string,
): AdapterConfig {
  const refuse = (key: string, hint: string): never => {
    const problem = `${key} is ${JSON.stringify(json[key]) ?? 'missing'}`;
    throw new FileError({ code: 'bad-adapter', file, problem, hint });
  };
  const merge = 'merge this adapter in Python (merge_and_unload) and open the result';
  const { peft_type: type, r: rank, lora_alpha: alpha, init_lora_weights: start } = json;
  if (type !== undefined && type !== 'LORA') refuse('peft_type', 'only LORA can be merged');
  for (const key of unsupported) if (!isEmpty(json[key])) refuse(key, merge);
  if (!harmlessStarts.includes(start)) refuse('init_lora_weights', merge);
  if (typeof rank !== 'number' || !Number.isSafeInteger(rank) || rank < 1) {
    return refuse('r', 'give the rank, a whole number of at least 1');
  }
  if (typeof alpha !== 'number' || !Number.isFinite(alpha)) {
    return refuse('lora_alpha', 'give alpha, a number; the merged weight is W + (alpha / r) B A');
  }
  const stabilised = flag(json['use_rslora']) ?? refuse('use_rslora', 'give true or false');
  const transposed = flag(json['fan_in_fan_out']) ?? refuse('fan_in_fan_out', 'give true or false');
  return { rank, scale: alpha / (stabilised ? Math.sqrt(rank) : rank), transposed };
}

/** A missing flag is false; anything but a flag is undefined. */
const flag = (value: unknown): boolean | undefined =>
  value === undefined || value === null ? false : typeof value === 'boolean' ? value : undefined;

const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === false ||
  (typeof value === 'object' && Object.keys(value).length === 0);
