// Subscripts of a contraction from names of indices: names of one letter stay, others are given a free letter.

const letters = [...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'];

/** (b i j), (b j), (b i) gives `bij,bj->bi`. */
export function subscripts(
  left: readonly string[],
  right: readonly string[],
  result: readonly string[],
): string {
  const names = [...new Set([...left, ...right])];
  const own = names.filter((name) => letters.includes(name));
  const free = letters.filter((letter) => !own.includes(letter));
  const letterOf = new Map(names.map((name) => [name, own.includes(name) ? name : free.shift()!]));
  const written = (axes: readonly string[]): string =>
    axes.map((axis) => letterOf.get(axis)!).join('');
  return `${written(left)},${written(right)}->${written(result)}`;
}
