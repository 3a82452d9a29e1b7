// The shell of a report: one page that needs nothing else.
import { escape } from './plot.ts';

const style = `
body { font: 15px/1.5 system-ui, sans-serif; max-width: 1100px; margin: 2rem auto; padding: 0 1rem; color: #222; }
table { border-collapse: collapse; margin: 1rem 0; font-variant-numeric: tabular-nums; font-size: 13.5px; }
th, td { padding: 0.25rem 0.7rem; border-bottom: 1px solid #ddd; text-align: right; }
th:first-child, td:first-child { text-align: left; }
th { background: #f4f4f4; }
svg text { font: 11px system-ui, sans-serif; fill: #333; }
pre { background: #f4f4f4; padding: 0.8rem; overflow-x: auto; }
`;

/** A page of these pieces of HTML. */
export const renderDocument = (title: string, body: readonly string[]): string => `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>${escape(title)}</title><style>${style}</style>
${body.join('\n')}
</html>
`;
