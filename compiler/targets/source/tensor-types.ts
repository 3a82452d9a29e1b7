// TypeScript interfaces of named tensors: nested arrays, with shape and format in their docs.
import { Project, type OptionalKind, type PropertySignatureStructure } from 'ts-morph';
import { formatInterval, fractionOf, isOpaque, type Format } from '../../ir/format.ts';
import { renderType, type TensorType } from '../../ir/program.ts';
import { toReal } from '../../numbers/rounding.ts';
import { propertyName } from './names.ts';

export interface TypedName {
  readonly name: string;
  readonly type: TensorType;
  /** `Secret`, `Public`. */
  readonly role?: string;
}

const project = new Project({ useInMemoryFileSystem: true });

/** `element` is the type of one element; by default what an input may be. */
export function renderInterface(
  { name, doc }: { readonly name: string; readonly doc: string },
  tensors: readonly TypedName[],
  element: (format: Format) => string = inputElement,
): string {
  const file = project.createSourceFile(`${name}.ts`, '', { overwrite: true });
  file.addInterface({
    name,
    isExported: true,
    docs: [doc],
    properties: tensors.map((tensor): OptionalKind<PropertySignatureStructure> => ({
      name: propertyName(tensor.name),
      isReadonly: true,
      type: nested(element(tensor.type.format), tensor.type.shape.length),
      docs: [describe(tensor)],
    })),
  });
  return file.getFullText();
}

/** `Secret q24.20[2,4]: from -8 to 7.99, in steps of 2^-20.` */
function describe({ type, role }: TypedName): string {
  const head = `${role === undefined ? '' : `${role} `}${renderType(type)}`;
  if (role === undefined || type.format.kind === 'bit') return `${head}.`;
  if (isOpaque(type.format)) return `${head}: field elements, from 0 to p − 1.`;
  const { low, high } = formatInterval(type.format);
  const fraction = fractionOf(type.format);
  const step = fraction === 0 ? 'whole numbers' : `in steps of 2^-${fraction}`;
  return `${head}: from ${toReal(low, fraction)} to ${toReal(high, fraction)}, ${step}.`;
}

function inputElement(format: Format): string {
  if (isOpaque(format)) return 'bigint';
  return format.kind === 'bit' ? '0 | 1 | boolean' : 'number';
}

function nested(element: string, rank: number): string {
  if (rank === 0) return element;
  const inner = nested(element, rank - 1);
  return `readonly ${/^\w+$/.test(inner) ? inner : `(${inner})`}[]`;
}
