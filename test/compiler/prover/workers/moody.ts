// A worker without a circuit: doubles numbers, dies of 13, and says what it was started with.
import { fail } from '../../../../compiler/diagnostics/diagnostic.ts';
import { serve } from '../../../../compiler/prover/workers/serve.ts';

serve<{ greeting: string }, string, { number: number }, number>(({ greeting }) => {
  if (greeting === 'die') process.exit(3);
  return Promise.resolve({
    ready: `${greeting}!`,
    handle({ number }) {
      if (number === 13) {
        console.error('unlucky');
        process.kill(process.pid, 'SIGKILL');
      }
      if (number === 14) fail('no-number', 'fourteen', 'take another');
      if (number === 15) throw new RangeError('fifteen');
      // Busy for ever, as native code is: no message and no disconnect is heard.
      while (number === 16);
      return Promise.resolve(2 * number);
    },
  });
});
