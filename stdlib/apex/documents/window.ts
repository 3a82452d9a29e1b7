// A window: one request to forget, signed by the provider. It may be used with registrations of its epoch and earlier ones,
// so that nobody could choose a curvature when the mask was known.
import type { KeyObject } from 'node:crypto';
import { LetheError } from '../../../compiler/diagnostics/diagnostic.ts';
import { digestOf, type Json } from './canonical.ts';
import { Fields } from './fields.ts';
import { maskDocument, readMask, type Mask } from './mask.ts';
import { isSigned, signDocument } from './signature.ts';

export interface Window {
  readonly epoch: number;
  readonly mask: Mask;
}

const kind = 'apex-window';

const unsigned = ({ epoch, mask }: Window): { readonly [key: string]: Json } => ({
  lethe: kind,
  version: 1,
  epoch,
  mask: maskDocument(mask),
});

/** Of what is signed. */
export const windowDigest = (window: Window): string => digestOf(unsigned(window));

export const windowDocument = (window: Window, key: KeyObject): Json => ({
  ...unsigned(window),
  signature: signDocument(unsigned(window), key),
});

/** Throws `bad-document`; `forged-window` unless `signer` signed it. */
export function parseWindow(text: string, file: string, signer: string): Window {
  const fields = Fields.parse(text, file, kind);
  const epoch = fields.whole('epoch', 1);
  const mask = fields.object('mask', (each) => {
    each.constant('lethe', 'apex-mask');
    each.constant('version', 1);
    return readMask(each);
  });
  const signature = fields.text('signature', /^[A-Za-z0-9+/]{86}==$/);
  fields.end();
  const window = { epoch, mask };
  if (!isSigned(unsigned(window), signature, signer)) throw forged(file);
  return window;
}

const forged = (file: string): LetheError =>
  new LetheError([
    {
      code: 'forged-window',
      message: `${file}: the signature is not that of the plan's provider`,
      hint: 'ask the provider for the window again; do not use this one',
    },
  ]);
