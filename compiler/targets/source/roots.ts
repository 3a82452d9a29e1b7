// What generated files need of lib/, read off their own imports: nothing has to be listed twice.
import { posix } from 'node:path';
import { Project } from 'ts-morph';
import { modulePath } from './library.ts';
import type { Root } from './slice.ts';

/** `files` are the generated ones, by path; what they import of each other is no root. */
export function rootsOf(files: ReadonlyMap<string, string>): Root[] {
  const project = new Project({ useInMemoryFileSystem: true });
  return [...files].flatMap(([path, text]) => {
    if (!path.endsWith('.ts')) return [];
    return project
      .createSourceFile(path, text)
      .getImportDeclarations()
      .flatMap((declaration): Root[] => {
        const specifier = declaration.getModuleSpecifierValue();
        const target = posix.join(posix.dirname(path), specifier.replace(/\.js$/, '.ts'));
        if (!specifier.startsWith('.') || !target.startsWith('lib/') || files.has(target))
          return [];
        const module = modulePath(target);
        return declaration.getNamedImports().map((named) => ({ module, name: named.getName() }));
      });
  });
}
