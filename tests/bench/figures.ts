import { z } from 'zod';

/** One figure, as a bench prints it. */
export const measured = z.object({ name: z.string(), value: z.string(), goal: z.string() });
export type Measured = z.infer<typeof measured>;

/** The section of docs/figures.md about one bench. */
export interface Section {
  readonly name: string;
  /** What it measures: the first comment of its script. */
  readonly about: string;
  /** The figures of this run; null where it was not run. */
  readonly run: { readonly when: string; readonly figures: readonly Measured[] } | null;
}

const INTRODUCTION = `# Figures

What each bench measures, and what it measured last. \`npm run bench -- --write\` runs all benches and writes this page;
\`npm run bench -- --write NAME\` runs one and keeps the figures of the others. “Before” is the figure that was on this page until then.
Figures are medians. Compare figures of one machine only, measured while it does nothing else.`;

const NEVER = 'Not measured yet.';

/** The whole page. Figures of benches that were not run are kept from `before`, the page as it was. */
export function figuresPage(sections: readonly Section[], before: string): string {
  const kept = new Map(
    before
      .split(/^## /m)
      .slice(1)
      .map((text): [string, string] => {
        const [name = '', ...rest] = text.split('\n');
        return [name.trim(), rest.join('\n')];
      }),
  );
  const parts = sections.map(({ name, about, run }) => {
    const old = kept.get(name) ?? '';
    return `## ${name}\n\n${about}\n\n${run === null ? resultsIn(old) : table(run, rowsIn(old))}`;
  });
  return `${[INTRODUCTION, ...parts].join('\n\n')}\n`;
}

/** A section from the line that says when it was measured. */
function resultsIn(section: string): string {
  const at = section.indexOf('\nMeasured ');
  return at === -1 ? NEVER : section.slice(at + 1).trimEnd();
}

/** The names and values in a table, in order, since several figures can have the same name. */
const rowsIn = (section: string): [name: string, value: string][] =>
  [...section.matchAll(/^\| (.*?) *\| +(.*?) *\|/gm)].map(([, name = '', value = '']) => [name, value]);

function table({ when, figures }: NonNullable<Section['run']>, before: readonly [string, string][]): string {
  const left = [...before];
  const rows = figures.map(({ name, value, goal }) => {
    const shown = name.trim().replaceAll('|', '\\|');
    const at = left.findIndex(([old]) => old === shown);
    const [, old = ''] = at === -1 ? [] : (left.splice(0, at + 1).at(-1) ?? []);
    return `| ${shown} | ${value} | ${old} | ${goal} |`;
  });
  return [`Measured ${when}.`, '', '| Figure | Now | Before | Goal |', '| --- | ---: | ---: | --- |', ...rows].join(
    '\n',
  );
}

/** The words of a script's first documentation comment, as one paragraph. */
export function aboutOf(script: string): string {
  const comment = /\/\*\*([\s\S]*?)\*\//.exec(script)?.[1] ?? '';
  return comment
    .split('\n')
    .map((line) => line.replace(/^\s*\* ?/, '').trim())
    .filter((line) => line !== '')
    .join('\n');
}
