/**
 * Generated digits for a run without data: ten stroke figures, drawn as anti-aliased lines with
 * random shift, rotation, slant, scale, stroke width and noise. The seed determines every pixel.
 */
import { classCount, imagePixels, imageSide, type ImageSet } from './images.ts';
import { seededRandom, type Random } from './random.ts';

type Point = readonly [x: number, y: number];
type Stroke = readonly Point[];

/** Largest change that noise makes to a pixel. */
const noise = 0.25;

const line = (...coordinates: number[]): Stroke =>
  Array.from({ length: coordinates.length / 2 }, (_, index): Point => {
    const [x, y] = coordinates.slice(2 * index, 2 * index + 2) as [number, number];
    return [x, y];
  });

/** Part of an ellipse from one angle to another, in degrees, clockwise from the right. */
const arc = (x: number, y: number, wide: number, high: number, from: number, to: number): Stroke =>
  Array.from({ length: 13 }, (_, step): Point => {
    const angle = ((from + ((to - from) * step) / 12) * Math.PI) / 180;
    return [x + wide * Math.cos(angle), y + high * Math.sin(angle)];
  });

/** The strokes of each class in a square of side 2 around the origin, y downwards. */
const figures: readonly (readonly Stroke[])[] = [
  [arc(0, 0, 0.55, 0.85, 0, 360)],
  [line(-0.3, -0.5, 0.05, -0.85, 0.05, 0.85)],
  [[...arc(0, -0.4, 0.5, 0.45, 190, 390), ...line(-0.5, 0.85, 0.55, 0.85)]],
  [arc(-0.05, -0.42, 0.5, 0.43, 215, 450), arc(-0.05, 0.43, 0.55, 0.43, 270, 500)],
  [line(0.3, 0.85, 0.3, -0.85, -0.6, 0.25, 0.6, 0.25)],
  [[...line(0.5, -0.85, -0.4, -0.85, -0.45, -0.1), ...arc(0, 0.32, 0.5, 0.5, 235, 495)]],
  [arc(0, 0.4, 0.5, 0.45, 0, 360), line(0.35, -0.85, -0.2, -0.4, -0.48, 0.25)],
  [line(-0.55, -0.85, 0.55, -0.85, -0.15, 0.85)],
  [arc(0, -0.43, 0.43, 0.41, 0, 360), arc(0, 0.43, 0.52, 0.44, 0, 360)],
  [arc(0, -0.4, 0.5, 0.45, 0, 360), line(0.5, -0.35, 0.4, 0.3, 0.15, 0.85)],
];

/** What to draw: how many glyphs, and the seed of their classes and shapes. */
export interface GlyphOptions {
  readonly count: number;
  readonly seed: number;
}

/** Glyphs whose classes follow each other in random order, all ten about equally often. */
export function drawGlyphs({ count, seed }: GlyphOptions): ImageSet {
  const random = seededRandom(seed);
  const pixels = new Float32Array(count * imagePixels);
  const labels = new Uint8Array(count);
  for (let index = 0; index < count; index++) {
    const label = random.integer(classCount);
    labels[index] = label;
    const image = pixels.subarray(index * imagePixels, (index + 1) * imagePixels);
    drawFigure(image, figures[label]!, random);
  }
  return { count, pixels, labels };
}

function drawFigure(image: Float32Array, strokes: readonly Stroke[], random: Random): void {
  const spread = (extent: number): number => (2 * random.uniform() - 1) * extent;
  const angle = spread(0.3);
  const slant = spread(0.25);
  const [scaleX, scaleY] = [8.5 + spread(2), 9.5 + spread(1.5)];
  const [shiftX, shiftY] = [15.5 + spread(2.5), 15.5 + spread(2.5)];
  const width = 1.3 + spread(0.6);
  const placed = strokes.map((stroke) =>
    stroke.map(([x, y]): Point => {
      const wide = (x + spread(0.08) - slant * y) * scaleX;
      const high = (y + spread(0.08)) * scaleY;
      return [
        shiftX + wide * Math.cos(angle) - high * Math.sin(angle),
        shiftY + wide * Math.sin(angle) + high * Math.cos(angle),
      ];
    }),
  );
  const distances = new Float64Array(imagePixels).fill(Infinity);
  for (const stroke of placed)
    for (let end = 1; end < stroke.length; end++)
      measureSegment(distances, stroke[end - 1]!, stroke[end]!, width + 0.5);
  for (let pixel = 0; pixel < imagePixels; pixel++) {
    const ink = Math.min(1, Math.max(0, width + 0.5 - distances[pixel]!));
    image[pixel] = Math.min(1, Math.max(0, ink + spread(noise)));
  }
}

/** Lowers the distances of the pixels within `reach` of a segment to their distance from it. */
function measureSegment(distances: Float64Array, from: Point, to: Point, reach: number): void {
  const [alongX, alongY] = [to[0] - from[0], to[1] - from[1]];
  const square = alongX * alongX + alongY * alongY;
  const [left, right] = pixelRange(from[0], to[0], reach);
  const [top, bottom] = pixelRange(from[1], to[1], reach);
  for (let y = top; y <= bottom; y++) {
    for (let x = left; x <= right; x++) {
      const along = (x - from[0]) * alongX + (y - from[1]) * alongY;
      const part = Math.min(1, Math.max(0, along / square));
      const distance = Math.hypot(x - from[0] - part * alongX, y - from[1] - part * alongY);
      const pixel = y * imageSide + x;
      if (distance < distances[pixel]!) distances[pixel] = distance;
    }
  }
}

function pixelRange(from: number, to: number, reach: number): [first: number, last: number] {
  const first = Math.max(0, Math.ceil(Math.min(from, to) - reach));
  return [first, Math.min(imageSide - 1, Math.floor(Math.max(from, to) + reach))];
}
