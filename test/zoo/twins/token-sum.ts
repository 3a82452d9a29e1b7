// Notes in, notes out: the sum is checked for the token that goes in. Notes of another token go out unchecked.
import { assert, tensor, u } from '../../../dsl/index.ts';
import { twins } from '../twins.ts';

export default twins({
  name: 'token-sum',
  source: {
    catalogue: 'Least Authority audit of Zkopru',
    title: 'Circuit Does Not Check the ERC-20 Sum Correctly',
    url: 'https://github.com/zksecurity/zkbugs/blob/main/reports/documents/leastauthority-zkorpu.pdf',
  },
  fault: 'outputs of a token that is no input are not counted',
  attack: 'pays himself in another token',
  repair: 'an output of another token has the amount 0',
  shows: 'specification',
  nets: ['specification'],
  circuit(c, isBroken) {
    const token = c.secret('token', u(4, 0), [], { exact: true });
    const amount = c.secret('amount', u(8, 0), [], { exact: true });
    const tokens = c.public('tokens', u(4, 0), [2], { exact: true });
    const amounts = c.public('amounts', u(8, 0), [2], { exact: true });
    const isSame = tensor`s[i] = ${tokens}[i] == ${token}`;
    assert`sum[i] ${isSame}[i] * ${amounts}[i] == ${amount}`;
    if (!isBroken) assert`(1 - ${isSame}[i]) * ${amounts}[i] == 0`;
  },
  inputs: [
    { token: [3], amount: [50], tokens: [3, 3], amounts: [20, 30] },
    { token: [3], amount: [20], tokens: [3, 5], amounts: [20, 0] },
  ],
  spec: ({ token, amount, tokens, amounts }) => {
    const own = amounts!.filter((_, i) => tokens![i] === token![0]);
    const others = amounts!.filter((_, i) => tokens![i] !== token![0]);
    const isSum = own.reduce((sum, a) => sum + a, 0) === amount![0];
    return isSum && others.every((a) => a === 0) ? {} : undefined;
  },
});
