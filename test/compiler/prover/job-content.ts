// Work for the tests of jobs: many tiles, big enough to be killed in the middle of one.
export const manifest = { digest: 'd'.repeat(64), tiles: 400 };

export const contentOf = (tile: number): Uint8Array =>
  Uint8Array.from({ length: 20_000 }, (_, i) => (i * 31 + tile) % 251);
