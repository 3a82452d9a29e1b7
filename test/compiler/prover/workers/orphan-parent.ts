// Starts a worker that is busy for ever, says its id, and waits to be killed.
import { spawnWorker } from '../../../../compiler/prover/workers/spawn.ts';

const worker = spawnWorker(import.meta.url, 'moody');
await worker.ask({ greeting: 'hello' });
void worker.ask({ number: 16 }).catch(() => undefined);
process.send!(worker.pid);
