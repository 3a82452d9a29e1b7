// A commitment to a vote with a salt of eight bits: whoever tries 256 salts for each vote has opened it.
import { concat, field, u } from '../../../dsl/index.ts';
import { twins } from '../twins.ts';

export default twins({
  name: 'short-salt',
  source: {
    catalogue: 'Documentation of Midnight',
    title: 'Disclosing low-entropy values safely (#1045)',
    url: 'https://github.com/midnightntwrk/midnight-docs/pull/1045',
  },
  fault: 'a salt that can be guessed',
  attack: 'anybody tries all votes with all salts, and reads the vote',
  repair: 'the salt is a secret field element',
  shows: 'circuit',
  nets: ['hiding'],
  circuit(c, isBroken) {
    const vote = c.secret('vote', u(1, 0), [1], { exact: true });
    const salt = isBroken
      ? c.secret('salt', u(8, 0), [1], { exact: true }).pack()
      : c.secret('salt', field, [1]);
    concat([salt, vote.pack()], { axis: 0 }).hash().expose('commitment');
  },
});
