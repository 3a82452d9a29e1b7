// The process that `child.ts` runs: hold the books; judge one bundle; or accept bundle after bundle, or registration after registration, until it
// is killed.
import { openBooks } from '../../../../stdlib/apex/books/index.ts';
import { challenge, digest, finding, issue, linked, linkOf, renewal } from './entries.ts';

const [folder, task] = process.argv.slice(2);

if (task === 'judge') {
  console.log('begun');
  const books = await openBooks(folder!);
  const [first] = await books.windows();
  const outcome = await books.recordVerdict(finding('ada', first!.digest));
  await books.close();
  console.log(outcome.kind);
} else if (task === 'renew' || task === 'pend') {
  const books = await openBooks(folder!);
  for (;;) {
    const waiting = await books.pendingOf('ada');
    const version = (await books.registrationsOf('ada')).length + (waiting ? 0 : 1);
    const pending = await books.register(renewal('ada', version), linked);
    console.log(`pending ${version}`);
    // Killed before the nonce is drawn.
    if (task === 'pend') await new Promise((done) => setTimeout(done, 600_000));
    const { digest: drawn } = await challenge(books, pending);
    console.log(`challenged ${version} ${drawn}`);
    await books.acceptLink(linkOf(pending));
    console.log(`current ${version}`);
  }
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
