// The names of the passes, in the order of the pipeline; apart from it, so that a command's options need not load any pass.
export const passNames = ['share-common', 'drop-dead', 'fuse-residuals', 'pack-lanes'] as const;

export type PassName = (typeof passNames)[number];
