import { circuit, real } from 'lethe';

export default circuit('pin-of-too-few-bits', {}, (c) => c.secret('x', real(-8, 8)).expose('y'), {
  pinned: { x: 3 },
});
