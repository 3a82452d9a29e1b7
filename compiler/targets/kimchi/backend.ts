// Chooses o1js's backend before its first use: native where its package loads (2.5 to 7 times faster), else wasm.
import { createRequire } from 'node:module';

export type Backend = 'native' | 'wasm';

let chosen: Promise<Backend> | undefined;

/**
 * Loads o1js once. O1JS_BACKEND=native or wasm overrides the choice; `warn` hears of a fallback to wasm.
 */
export function prepareBackend(
  warn: (message: string) => void = (message) => process.stderr.write(`${message}\n`),
): Promise<Backend> {
  return (chosen ??= choose(warn));
}

async function choose(warn: (message: string) => void): Promise<Backend> {
  const asked = process.env['O1JS_BACKEND'];
  const wanted: Backend =
    asked === 'wasm' || (asked !== 'native' && !nativeLoads()) ? 'wasm' : 'native';
  const { setBackend, getBackendPreference, initializeBindings } = await import('o1js');
  try {
    setBackend(wanted);
  } catch {
    // Somebody in this process has used o1js before us: its backend is chosen.
    return getBackendPreference();
  }
  if (wanted === 'wasm' && asked !== 'wasm')
    warn('warning: o1js has no native backend here; proving with wasm, several times slower');
  await initializeBindings();
  return wanted;
}

function nativeLoads(): boolean {
  try {
    const near = createRequire(import.meta.resolve('o1js'));
    near(`@o1js/native-${process.platform}-${process.arch}`);
    return true;
  } catch {
    return false;
  }
}
