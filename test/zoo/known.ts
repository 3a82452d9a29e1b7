// Right circuits that are reported all the same: docs/nets.md has what is said of them. The list may become shorter.
export const alarms: readonly string[] = [
  'decoder',
  'integer-root',
  'maximum',
  'one-hot',
  'relu',
  'selectors',
  'short-form',
  'shuffle',
  'signed-division',
  'slope',
  'top-k-threshold',
  'zero-test',
  'cube-root',
  'inverse-zero-test',
];
