/** The measuring module as it is built: its processes start as an author's do, and without tsx they take less memory. */
export const built = new URL('../../../dist/compiler/profile/measure.js', import.meta.url).href;
