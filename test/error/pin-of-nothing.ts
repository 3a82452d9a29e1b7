import { circuit, q } from 'lethe';

export default circuit('pin-of-nothing', {}, (c) => c.secret('x', q(12, 4)).expose('y'), {
  pinned: { x: 12 },
});
