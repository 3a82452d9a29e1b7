// EVM's a mod n, which is 0 for n = 0. The gadget gives the remainder a where it divides by 0.
import { u } from '../../../dsl/index.ts';
import { twins } from '../twins.ts';

export default twins({
  name: 'modulo-zero',
  source: {
    catalogue: 'Trail of Bits audit of Scroll zkEVM',
    title: 'ModGadget is underconstrained and allows incorrect MULMOD operations to be proven',
    url: 'https://github.com/zksecurity/zkbugs/blob/main/reports/documents/trailofbits-scroll.pdf',
  },
  fault: 'a mod 0 is a where the machine says 0',
  attack: 'calls MOD with 0 and goes on with a state that the machine does not reach',
  repair: 'the case n = 0 gives 0; all values are forced, as they are in the other twin',
  shows: 'specification',
  nets: ['specification'],
  circuit(c, isBroken) {
    const a = c.public('a', u(8, 0), [2], { exact: true });
    const n = c.public('n', u(4, 0), [2], { exact: true });
    const none = n.isZero();
    const rest = a.mod(n.add(none));
    (isBroken ? none.select(a, rest) : none.select(0, rest)).expose('rest');
  },
  spec: ({ a, n }) => ({ rest: a!.map((x, i) => (n![i] === 0 ? 0 : x % n![i]!)) }),
});
