// The forms of the curvature, by name.
import { factor } from './factor.ts';
import type { Form } from './form.ts';
import { inverse } from './inverse.ts';
import { kkt } from './kkt.ts';
import type { FormName } from './names.ts';

export const forms: Readonly<Record<FormName, Form>> = { factor, kkt, inverse };
export type { Form, FormSizes, StepFormats, StepSpec } from './form.ts';
export type { FormName } from './names.ts';
