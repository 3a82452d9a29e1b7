// An author's file takes the library that this command has loaded, where it would load the same files once more.
import Module, { register, type ResolveFnOutput, type ResolveHookContext } from 'node:module';

type Next<T> = (specifier: string, context: ResolveHookContext) => T;

const root = new URL('../../', import.meta.url).href;
const published = /^lethe(\/|$)/;

/** The parent without the query by which tsx knows what it has to load. */
const plain = (context: ResolveHookContext): ResolveHookContext => ({
  ...context,
  parentURL: context.parentURL?.replace(/[?#].*/, ''),
});

const isAsked = (specifier: string, { conditions }: ResolveHookContext): boolean =>
  published.test(specifier) && conditions.includes('import');

const isOwn = ({ url }: ResolveFnOutput): boolean => url.startsWith(root);

/** The hook of `module.register`. */
export async function resolve(
  specifier: string,
  context: ResolveHookContext,
  next: Next<ResolveFnOutput | Promise<ResolveFnOutput>>,
): Promise<ResolveFnOutput> {
  if (isAsked(specifier, context))
    try {
      const found = await next(specifier, plain(context));
      if (isOwn(found)) return found;
    } catch {
      // Known to tsconfig alone.
    }
  return next(specifier, context);
}

/** The hook of `module.registerHooks`. */
function resolveSync(
  specifier: string,
  context: ResolveHookContext,
  next: Next<ResolveFnOutput>,
): ResolveFnOutput {
  if (isAsked(specifier, context))
    try {
      const found = next(specifier, plain(context));
      if (isOwn(found)) return found;
    } catch {
      // Known to tsconfig alone.
    }
  return next(specifier, context);
}

/** To be called after tsx is registered: the last hook is asked first. */
export function shareLibrary(): void {
  const { registerHooks } = Module as typeof Module & {
    readonly registerHooks?: (hooks: { readonly resolve: typeof resolveSync }) => void;
  };
  if (registerHooks) registerHooks({ resolve: resolveSync });
  // The loader's thread reads no TypeScript; from sources, nothing is shared.
  else if (import.meta.url.endsWith('.js')) register(import.meta.url);
}
