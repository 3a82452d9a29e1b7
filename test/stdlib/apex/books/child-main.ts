// What `child.ts` runs: hold the books; judge one bundle; or accept bundle after bundle until it is killed.
import { openBooks } from '../../../../stdlib/apex/books/index.ts';
import { digest, finding, window } from './entries.ts';

const [folder, task] = process.argv.slice(2);

if (task === 'judge') {
  console.log('begun');
  const books = await openBooks(folder!);
  const outcome = await books.recordVerdict(finding('ada', 'first'));
  await books.close();
  console.log(outcome.kind);
} else {
  const books = await openBooks(folder!);
  if (task === 'hold') {
    console.log('begun');
    await new Promise((done) => setTimeout(done, 600_000));
  }
  for (let next = (await books.windows()).length; ; next++) {
    await books.issueWindow(window(String(next)));
    const current = await books.commitment('ada');
    const outcome = await books.recordVerdict(
      finding('ada', String(next), {
        bundleDigest: digest(`bundle ${next}`),
        rootBefore: current!.root,
        rootAfter: String(BigInt(current!.root) + 1n),
      }),
    );
    // Written to a pipe at once: what was reported must be there after a kill.
    console.log(`${outcome.kind} ${next}`);
  }
}
