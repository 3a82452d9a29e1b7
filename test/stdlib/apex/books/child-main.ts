// What `child.ts` runs: hold the books; judge one bundle; or accept bundle after bundle until it is killed.
import { openBooks } from '../../../../stdlib/apex/books/index.ts';
import { digest, finding, issue } from './entries.ts';

const [folder, task] = process.argv.slice(2);

if (task === 'judge') {
  console.log('begun');
  const books = await openBooks(folder!);
  const [first] = await books.windows();
  const outcome = await books.recordVerdict(finding('ada', first!.digest));
  await books.close();
  console.log(outcome.kind);
} else {
  const books = await openBooks(folder!);
  if (task === 'hold') {
    console.log('begun');
    await new Promise((done) => setTimeout(done, 600_000));
  }
  for (let next = (await books.windows()).length; ; next++) {
    const window = await issue(books);
    const current = await books.commitment('ada');
    const outcome = await books.recordVerdict(
      finding('ada', window.digest, {
        bundleDigest: digest(`bundle ${next}`),
        kept: current?.root ?? null,
        rootAfter: `${BigInt(current?.root ?? '100') + 1n}`,
      }),
    );
    // Written to a pipe at once: what was reported must be there after a kill.
    console.log(`${outcome.kind} ${next}`);
  }
}
