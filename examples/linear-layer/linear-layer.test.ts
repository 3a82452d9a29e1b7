import { circuitLaws } from 'lethe/testing';
import layer from './linear-layer.ts';

circuitLaws(layer);
