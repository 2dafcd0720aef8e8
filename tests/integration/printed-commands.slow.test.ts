import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeSample } from '../../electron/sample/make-sample.ts';
import { commandLine, type CommandLine } from '../support/cli.ts';
import { makeFolder, removeFolder } from '../support/temp.ts';

/**
 * Records what commands print, as text and as JSON, with their exit codes and help: output is an interface of scripts. IDs, hashes,
 * times and durations differ from run to run and are masked. `vitest -u` records anew, which is right only for a change that is meant.
 */
const folder = makeFolder();
const home = join(folder, 'home');
let text: CommandLine;

beforeAll(async () => {
  await makeSample(join(folder, 'text.sourcebook'));
  cpSync(join(folder, 'text.sourcebook'), join(folder, 'json.sourcebook'), { recursive: true });
  text = commandLine(folder, home);
});

afterAll(() => removeFolder(folder));

const masked = (printed: string): string =>
  printed
    .replaceAll(folder, 'FOLDER')
    .replaceAll(/\bdamaged-[-0-9T.]+Z/g, 'damaged-TIME')
    .replaceAll(/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g, 'ID')
    .replaceAll(/\b(?:[0-9A-F]{4} ){7}[0-9A-F]{4}\b/g, 'FINGERPRINT')
    .replaceAll(/\b\d{1,2} [A-Z][a-z]{2} \d{4}, \d\d:\d\d UTC/g, 'MOMENT')
    .replaceAll(/\b1[6-9]\d{11}\b/g, 'MS')
    .replaceAll(/\b(?:[0-9a-f]{8}|[0-9a-f]{12,})\b/g, 'HEX')
    .replaceAll(/\b(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{6,}\b/g, 'HEX')
    .replaceAll(/\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g, 'TIME');

const HELP = `
  adjudicate claims claim assign assignments done stale confirm collection
  conflicts resolve carry-tags copies dimension draft-report draft drafts matrix
  views annotations verify export import report figure figures relations masks
  mask conversions reference merge merges take-back restore-merge highlight tag
  memo passages codebook person places diagnostics passphrase serve new close
  open rebuild log review translate comment comments search snapshot snapshots
  diff add sources text pages suggest timestamp timestamps trusted-roots compare
  pair remove restore agreement differences undo redo
`
  .trim()
  .split(/\s+/);
const GROUPS = [
  ...['list', 'new', 'add', 'remove'].map((act) => ['collection', act]),
  ...['list', 'confirm', 'apart', 'withdraw'].map((act) => ['copies', act]),
  ...['list', 'add', 'use', 'protect', 'unprotect', 'trust'].map((act) => ['person', act]),
];

it('prints the same help', async () => {
  const printed: string[] = [];
  for (const command of [[], ...HELP.map((name) => [name]), ...GROUPS]) {
    const { code, out, err } = await text(...command, '--help');
    // The options of every command are in the program’s own help.
    const own = command.length === 0 ? out : out.replace(/\nGlobal Options:\n(?:.+\n)*/, '');
    printed.push(`$ sourcebook ${[...command, '--help'].join(' ')}\n${own}${err}exit ${code}\n`);
  }
  await expect(printed.join('\n')).toMatchFileSnapshot('../fixtures/printed-commands/help.txt');
});

/** Commands in their order, without the project. `S1`, `P1`, `C1` … become the ID of the first source, passage, claim …. */
const COMMANDS: readonly (readonly string[])[] = [
  ['claims'],
  ['claim', 'add', 'Land was transferred.'],
  ['claim', 'link', 'C1', 'P1', '--as', 'supports'],
  ['claim', 'link', 'C1', 'P2', '--as', 'contradicts'],
  ['claim', 'answer', 'C1', 'P2', 'An older number.'],
  ['claim', 'unlink', 'C1', 'P2'],
  ['claim', 'link', 'C1', 'P2'],
  ['claim', 'link', 'C1'],
  ['claim', 'change', 'C1', 'Much land was transferred.'],
  ['claim', 'change', 'C1', ' '],
  ['claim', 'wrong', 'C1'],
  ['claims'],
  ['claim', 'remove', 'C1'],
  ['collection', 'list'],
  ['collection', 'new', 'Reports', 'S1', 'S2'],
  ['collection', 'add', 'Reports', 'S3'],
  ['collection', 'remove', 'Reports', 'S1'],
  ['collection', 'list'],
  ['collection', 'remove', 'Reports'],
  ['collection', 'remove', 'Reports'],
  ['copies', 'list'],
  ['copies', 'list', '--no-look'],
  ['copies', 'confirm', 'S1', 'S2', '--origin', 'S1'],
  ['copies', 'list'],
  ['copies', 'withdraw', 'S1'],
  ['copies', 'apart', 'S1', 'S2'],
  ['copies', 'confirm', 'nothing'],
  ['dimension', 'P1', 'privacy', 'private'],
  ['dimension', 'P1', 'privacy'],
  ['dimension', 'P1', 'nothing'],
  ['dimension', 'P1', 'privacy', 'nothing'],
  ['masks'],
  ['mask', 'S1', '--quote', 'Q1', '--reason', 'private'],
  ['mask', 'S1', '--quote', 'Q1', '--reason', 'private', '--everywhere'],
  ['masks'],
  ['matrix', '--columns', 'year'],
  ['matrix', '--columns', 'category', '--together', 'paragraph'],
  ['matrix', '--columns', 'source', '--level', 'county'],
  ['matrix', '--columns', 'nothing'],
  ['views'],
  ['conversions'],
  ['conversions', '--set', 'hectare', 'mu', '15', '--by', 'law'],
  ['conversions', '--off', 'kg', 'jin', '--by', 'nobody'],
  ['conversions', '--reset', 'kg', 'jin'],
  ['conversions', '--reset', 'kg', 'jin'],
  ['conversions', '--by', 'nobody'],
  ['reference'],
  ['reference', 'add', 'arable land', '1200', 'mu', '--period', '2020', '--source', 'S1', '--citation', 'p. 1'],
  ['reference', 'add', 'arable land', '1200'],
  ['reference', 'list'],
  ['reference', 'list', '--part'],
  ['reference', 'nothing'],
  ['figures'],
  ['figure', 'F1'],
  ['figure', 'nothing'],
  ['figures', '--lang', 'zh', '--left-out'],
  ['relations'],
  ['places'],
  ['places', '--own'],
  ['places', '--source', 'S1'],
  ['places', '--add', 'Old Mill', '--in', 'G1'],
  ['places', '--add', 'Old Mill'],
  ['places', '--own'],
  ['places', '--move', 'nothing', '--in', 'none'],
  ['places', '--remove', 'nothing'],
  ['places', '--rename', 'nothing'],
  ['drafts'],
  ['drafts', 'open', 'none.txt'],
  ['drafts', 'nothing'],
  ['suggest'],
  ['suggest', '--terms'],
  ['suggest', '--learned'],
  ['remove', 'P3'],
  ['remove', 'P3'],
  ['restore', 'P3'],
  ['restore', 'P3'],
  ['remove', 'nothing'],
  ['snapshot', 'First'],
  ['snapshots'],
  ['diff', 'First', 'now'],
  ['diff', 'Second', 'now'],
  ['compare', 'S1', 'S2'],
  ['pair', 'S1', 'S2'],
  ['review', 'P1', '--to', 'coded', '--comment', 'Done.'],
  ['review'],
  ['review', '--queue', 'to-check'],
  ['comment', 'P1', 'Look again.'],
  ['comments', 'P1'],
  ['translate', 'P1', 'In English.', '--language', 'en'],
  ['tag', 'P1', '--add', 'TRF.ORG'],
  ['undo'],
  ['redo'],
  ['tag', 'P1', '--add', 'NOTHING'],
  ['memo', 'P1', 'A memo.'],
  ['passages'],
  ['codebook'],
  ['sources'],
  ['text', 'S1'],
  ['annotations', 'S1'],
  ['log'],
  ['search', 'land'],
  ['assignments'],
  ['done'],
  ['stale'],
  ['confirm'],
  ['agreement'],
  ['agreement', '--unit', 'passage', '--everyone'],
  ['differences', '--everyone'],
  ['conflicts'],
  ['resolve', 'nothing', '--keep', 'mine'],
  ['carry-tags', 'TRF.ORG'],
  ['merges'],
  ['take-back', 'nothing'],
  ['restore-merge', 'nothing'],
  ['timestamps'],
  ['rebuild'],
  ['close'],
];

/** The IDs of a project by the names that `COMMANDS` uses for them. */
async function namesIn(project: string): Promise<(name: string) => string> {
  const ids = async (command: string, key: string): Promise<string[]> =>
    (await text.json(command, project)).value[key].map(({ id }: { id: string }) => id);
  const [sources, passages] = [await ids('sources', 'sources'), await ids('passages', 'passages')];
  const names = new Map<string, string>([
    ...sources.map((id, at) => [`S${at + 1}`, id] as const),
    ...passages.map((id, at) => [`P${at + 1}`, id] as const),
  ]);
  const found = (await text.json('passages', project)).value.passages;
  const quoted = found.find((one: { source: string; exact: string | null }) => one.source === sources[0] && one.exact);
  names.set('Q1', quoted?.exact ?? 'land');
  return (name) => names.get(name) ?? name;
}

/** A JSON document with the first three entries of each list. It is printed with two spaces, as a whole. */
function shortened(printed: string): string {
  const value: unknown = JSON.parse(printed);
  expect(printed).toBe(`${JSON.stringify(value, null, 2)}\n`);
  const short = (_: string, one: unknown): unknown =>
    Array.isArray(one) && one.length > 3 ? [...one.slice(0, 3), `and ${one.length - 3} more`] : one;
  return `${JSON.stringify(value, short, 1)}\n`;
}

/** The words of a command with the project behind its name and, in a group, behind its act. */
const withProject = ([name = '', ...words]: readonly string[], project: string): string[] =>
  name === 'collection' || name === 'copies'
    ? [name, words[0] ?? '', project, ...words.slice(1)]
    : [name, project, ...words];

it.each(['text', 'json'])('prints the same %s', async (kind) => {
  const nameOf = await namesIn(kind);
  let claim = 'C1';
  const printed: string[] = [];
  for (const command of COMMANDS) {
    const words = withProject(command, kind).map((word) => (word === 'C1' ? claim : nameOf(word)));
    const { code, out, err } = await text(...words, ...(kind === 'json' ? ['--json'] : []));
    if (command[1] === 'add' && command[0] === 'claim')
      claim = (await text.json('claims', kind)).value.claims[0]?.id ?? claim;
    printed.push(
      `$ sourcebook ${command.join(' ')}\n${masked(kind === 'json' ? shortened(out) : out)}${masked(err)}exit ${code}\n`,
    );
  }
  await expect(printed.join('\n')).toMatchFileSnapshot(`../fixtures/printed-commands/${kind}.txt`);
});
