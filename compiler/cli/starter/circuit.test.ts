import { circuitLaws } from 'lethe/testing';
import mine from './circuit.ts';
import { spec } from './specification.ts';

circuitLaws(mine, { spec, cost: 'circuit.cost.json' });
