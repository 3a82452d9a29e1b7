// The forms of the curvature, by name.
import { factor } from './factor.ts';
import type { Form, FormName } from './form.ts';
import { inverse } from './inverse.ts';
import { kkt } from './kkt.ts';

export const forms: Readonly<Record<FormName, Form>> = { factor, kkt, inverse };
export type { Form, FormName, FormSizes, StepFormats, StepSpec } from './form.ts';
