// A hint that no module of the package defines.
import { defineHint } from '../../../compiler/ops/shared/hints.ts';

defineHint('prover-test-half', ([x]) => x!.map((value) => value / 2));
