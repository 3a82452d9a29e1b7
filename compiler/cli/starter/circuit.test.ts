import { circuitLaws } from 'lethe/testing';
import mine from './circuit.ts';

circuitLaws(mine, { cost: 'circuit.cost.json' });
