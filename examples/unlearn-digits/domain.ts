/**
 * The client's domain: the client's digits are turned, and may be printed dark on bright, so that
 * the global model reads them badly and has to be personalized.
 */
import { imagePixels, imageSide, type ImageSet } from './images.ts';

/** How an image of the client differs from an image of the provider. */
export interface ClientDomain {
  /** Rotation about the centre in degrees, clockwise. */
  readonly degrees: number;
  /** Fraction of inversion: grey g becomes (1 − f)·g + f·(1 − g). 0 keeps, 1 inverts. */
  readonly inversion: number;
}

export const defaultDomain: ClientDomain = { degrees: 50, inversion: 0 };

/** The images of `set` as the client sees them: [n, 32, 32], grey values in [0, 1], same labels. */
export function toDomain(set: ImageSet, domain: ClientDomain): ImageSet {
  const pixels = new Float32Array(set.pixels.length);
  for (let start = 0; start < pixels.length; start += imagePixels) {
    const image = set.pixels.subarray(start, start + imagePixels);
    transformImage(image, pixels.subarray(start, start + imagePixels), domain);
  }
  return { count: set.count, pixels, labels: set.labels };
}

function transformImage(from: Float32Array, to: Float32Array, domain: ClientDomain): void {
  const angle = (domain.degrees * Math.PI) / 180;
  const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
  const centre = (imageSide - 1) / 2;
  for (let row = 0; row < imageSide; row++) {
    for (let column = 0; column < imageSide; column++) {
      const [x, y] = [column - centre, row - centre];
      const grey = sample(from, centre + cosine * x + sine * y, centre - sine * x + cosine * y);
      to[row * imageSide + column] = grey + domain.inversion * (1 - 2 * grey);
    }
  }
}

/** Bilinear value at (x, y); 0 outside the image. */
function sample(image: Float32Array, x: number, y: number): number {
  const [left, top] = [Math.floor(x), Math.floor(y)];
  const [right, bottom] = [x - left, y - top];
  const pixel = (column: number, row: number): number =>
    column < 0 || column >= imageSide || row < 0 || row >= imageSide
      ? 0
      : image[row * imageSide + column]!;
  return (
    (1 - bottom) * ((1 - right) * pixel(left, top) + right * pixel(left + 1, top)) +
    bottom * ((1 - right) * pixel(left, top + 1) + right * pixel(left + 1, top + 1))
  );
}
