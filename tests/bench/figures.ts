import { z } from 'zod';

/** One figure, as a bench prints it. */
export const measured = z.object({ name: z.string(), value: z.string(), goal: z.string() });
export type Measured = z.infer<typeof measured>;

/** The section of dist/figures.md about one bench. */
export interface Section {
  readonly name: string;
  /** What it measures: the first comment of its script. */
  readonly about: string;
  /** The figures of this run; null where it was not run. */
  readonly run: Run | null;
}

/** What one bench measured. `when`: the day, such as 2026-11-30, and the machine. */
export interface Run {
  readonly when: string;
  readonly figures: readonly Measured[];
}

/** The figures that people ask for: the lines of docs/figures.md. `figure` is the name by which the bench prints it. */
export const CHOSEN: readonly { readonly what: string; readonly bench: string; readonly figure: string }[] = [
  { what: 'opening a project of 100,000 passages', bench: 'project', figure: 'open: project, sources, codebook' },
  { what: '… the most memory for it', bench: 'project', figure: 'peak memory of opening and listing' },
  {
    what: 'from a key to its tag on the screen',
    bench: 'tag',
    figure: 'one tag, key to frame with the tag, not saved yet',
  },
  { what: '… until it is saved and shown so', bench: 'tag', figure: 'one tag, key to frame with the tag, saved' },
  { what: 'opening a source again', bench: 'reader', figure: 'open a source again, to the frame with its page' },
  { what: 'jumping to a far page of 1,000', bench: 'reader', figure: 'jump to a far page of 1,000' },
  {
    what: 'searching a million passages: the first fifty hits',
    bench: 'search-index',
    figure: '就业: first fifty, shown',
  },
  { what: '… counting all 200,000 hits', bench: 'search-index', figure: '就业: all counted' },
  { what: 'filtering 100,000 passages by words', bench: 'evidence', figure: 'filtered by words' },
  { what: 'tagging 5,000 passages at once', bench: 'evidence', figure: 'tagging 5,000 rows' },
  { what: 'reading 1,000 pages of PDF', bench: 'extract', figure: '1000 pages on two workers' },
  { what: 'freezing a news page of 100 KB', bench: 'freeze', figure: 'a news page of 100 KB with 15 resources' },
  { what: 'merging 400,000 changes', bench: 'merge', figure: 'merge of 400,000 changes' },
  { what: '… the most memory for it', bench: 'merge', figure: 'peak memory of the merge' },
  { what: 'verifying a million changes', bench: 'verify', figure: 'verify' },
];

const CHOSEN_INTRODUCTION = `# Figures

How fast it is, and how much memory it takes. \`npm run bench -- --write\` runs all benches, writes these lines, and every figure with the one
before it into \`dist/figures.md\`; with names of benches it runs those and keeps the other lines. Figures are medians.
Compare figures of one machine only, measured while it does nothing else.`;

/**
 * The page docs/figures.md after one bench was run. Lines of other benches are kept from `before`, the page as it was. Throws if
 * the bench does not print a figure that is chosen here.
 */
export function chosenPage(bench: string, { when, figures }: Run, before: string): string {
  const kept = new Map(
    [...before.matchAll(/^\| (.*?) *\| (.*?) *\| +(.*?) *\| (.*?) *\| (.*?) *\|$/gm)].map(
      ([, of = '', what = '', ...cells]): [string, string[]] => [`${of} ${what}`, cells],
    ),
  );
  const [day = '', machine = ''] = when.split(/: (.*)/s);
  const rows = CHOSEN.map(({ what, bench: of, figure }) => {
    if (of !== bench) return [of, what, ...(kept.get(`${of} ${what}`) ?? ['', '', ''])];
    const found = figures.find(({ name }) => name.trim() === figure);
    if (found === undefined)
      throw new Error(`The bench ${bench} prints no figure “${figure}” (tests/bench/figures.ts)`);
    return [of, what, found.value, found.goal, day];
  });
  const days = new Map([...before.matchAll(/^- (\d{4}-\d\d-\d\d): (.*)$/gm)].map(([, on = '', by = '']) => [on, by]));
  days.set(day, machine);
  const machines = [...days]
    .filter(([on]) => rows.some((row) => row.at(-1) === on))
    .map(([on, by]) => `- ${on}: ${by}`)
    .toSorted();
  const table = [['Bench', 'What', 'Figure', 'Goal', 'Measured'], ['---', '---', '---:', '---', '---'], ...rows];
  return `${CHOSEN_INTRODUCTION}\n\n${table.map((row) => `| ${row.join(' | ')} |`).join('\n')}\n\n${machines.join('\n')}\n`;
}

const INTRODUCTION = `# Figures of the benches

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
  return [`Measured on ${when}.`, '', '| Figure | Now | Before | Goal |', '| --- | ---: | ---: | --- |', ...rows].join(
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
