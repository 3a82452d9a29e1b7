// Two commitments with one salt: whoever guesses one has the salt of the other, and equal values show.
import { field, u } from '../../../dsl/index.ts';
import { commit } from '../../../stdlib/index.ts';
import { twins } from '../twins.ts';

export default twins({
  name: 'shared-salt',
  source: {
    catalogue: 'Issues of Ethereum zkID',
    title:
      'The hiding of the public-key commitment is a caller obligation, not a circuit constraint (#108)',
    url: 'https://github.com/ethereum/zkID/issues/108',
  },
  fault: 'one blinding factor for two commitments',
  attack: 'anybody sees which commitments are to the same value',
  repair: 'each commitment has an element of its own',
  shows: 'circuit',
  nets: ['hiding'],
  circuit(c, isBroken) {
    const keys = c.secret('keys', u(8, 0), [2, 3], { exact: true });
    const salts = c.secret('salts', field, [isBroken ? 1 : 2, 1]);
    const own = (k: number) => (isBroken ? salts : salts.slice({ axis: 0, start: k, end: k + 1 }));
    const row = (k: number) => keys.slice({ axis: 0, start: k, end: k + 1 });
    commit(row(0), { salts: own(0) }).expose('first');
    commit(row(1), { salts: own(1) }).expose('second');
  },
});
