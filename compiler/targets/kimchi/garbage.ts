// Garbage that stays resident while native code proves beside it.

/**
 * Collects it at once, where Node was started with --expose-gc, as workers are: what o1js leaves behind after reading a
 * basis (12 MB of text for 2^16, by way of objects) or after a proof of 2^13 rows (some 45 MB).
 */
export const collectGarbage = (): void => (globalThis as { gc?: () => void }).gc?.();
