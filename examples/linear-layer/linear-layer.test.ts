import { circuitLaws } from 'lethe/testing';
import layer from './linear-layer.ts';
import { spec } from './specification.ts';

circuitLaws(layer, { spec });
