// Everything that Noir's compiler is needed for, in one process and one compilation: starting it takes longer than all
// the rest. agreement.prove.test.ts tries more programs.
import './suites/agreement.ts';
import './suites/attacks.ts';
import './suites/exhaustive.ts';
import './suites/hints.ts';
import './suites/names.ts';
import './suites/reshape.ts';
import './suites/tools.ts';
import './suites/widest.ts';
