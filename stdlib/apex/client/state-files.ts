// The files of a client's state beside its arrays (hashing/held-files.ts). All of them are secret.
import { join } from 'node:path';

/** The kind of document that `state.json` is. */
export const stateKind = 'apex-state';

/** Folders in that of a state. */
export const innerFolders = ['registering', 'answers', 'link'] as const;

export const stateFile = (folder: string): string => join(folder, 'state.json');
export const planFile = (folder: string): string => join(folder, 'plan.json');
export const registrationFile = (folder: string): string => join(folder, 'registration.json');
export const receiptFile = (folder: string): string => join(folder, 'receipt.json');
/** The window that the registration has compensated for. */
export const windowFile = (folder: string): string => join(folder, 'window.json');
/** Ed25519, PEM: signs bundles. */
export const keyFile = (folder: string): string => join(folder, 'client.key');
