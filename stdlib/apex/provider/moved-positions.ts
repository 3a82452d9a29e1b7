// From the positions of one plan to those of another over the same model, which may have other blocks, other tensors and another
// order: a position is found again by tensor and place.
import { matrixShape, type Scope, type ScopeTensor } from '../model/index.ts';

interface Place {
  readonly tensor: ScopeTensor;
  readonly first: number;
  readonly end: number;
}

function placesOf({ tensors }: Scope): Place[] {
  let end = 0;
  return tensors.map((tensor) => {
    const first = end;
    end += tensor.shape[0] * tensor.shape[1];
    return { tensor, first, end };
  });
}

/** Where each of the positions that `to` has in one of `tensors` stands there, in any order. */
export function* movedPositions(
  from: Scope,
  to: Scope,
  { positions, tensors }: { positions: Uint32Array; tensors: ReadonlySet<string> },
): Generator<number> {
  const others = new Map(placesOf(to).map((place) => [place.tensor.name, place]));
  let at = 0;
  for (const { tensor, first, end } of placesOf(from)) {
    const other = tensors.has(tensor.name) ? others.get(tensor.name) : undefined;
    const [out, width] = matrixShape(tensor);
    for (; at < positions.length && positions[at]! < end; at++) {
      if (!other) continue;
      const place = positions[at]! - first;
      // The same stored matrix may be read as its transpose.
      yield (
        other.first +
        (tensor.orientation === other.tensor.orientation
          ? place
          : (place % width) * out + Math.floor(place / width))
      );
    }
  }
}
