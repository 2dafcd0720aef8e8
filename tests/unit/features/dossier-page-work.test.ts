import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { PAGE_PATH } from '../../../electron/formats/dossier/folder.ts';
import { rewrite } from '../../support/dossier-folder.ts';
import { copyFor } from '../../support/project.ts';
import { tempFolder } from '../../support/temp.ts';
import { withClaim } from '../../support/with-claim.ts';

const [OTHERS, FAR, TRANSLATIONS, BEARS, CLAIM] = [
  /^The page names others in exhibit 1 than/,
  /how far exhibit \d is, or has rows/,
  /other translations of exhibit 1, or by others/,
  /what bears on the claims of exhibit \d/,
  /what limits or contradicts claim 1, or whether that was answered/,
];
const PARTS = /styles or parts that Sourcebook doesn’t write/;
const TWICE = /other exhibits than exhibits\.json, or one of them twice/;

/** What somebody who writes the page anew, with its manifest, could make it say, and what each fails by. */
const FORGED: readonly (readonly [what: string, forge: (html: string) => string, by: readonly RegExp[]])[] = [
  [
    'a contradiction gone everywhere',
    (html) =>
      html
        .replaceAll(/<dt><bdi>Contradicts<\/bdi><\/dt><dd>.*?<\/dd>/gs, '')
        .replaceAll('1 contradiction of it is not answered.', '')
        .replaceAll(' (contradicted, not answered)', '')
        .replaceAll('contradicted by 1 passage of 1 origin', 'contradicted by no passage'),
    [BEARS, CLAIM],
  ],
  [
    'a contradiction made a support',
    (html) => html.replaceAll('<bdi>Contradicts claim 1: ', '<bdi>Supports claim 1: '),
    [BEARS],
  ],
  [
    'an answer',
    (html) =>
      html.replaceAll(
        '<strong><bdi>Not answered.</bdi></strong>',
        '<strong><bdi>Answer: </bdi></strong><bdi>Withdrawn.</bdi>',
      ),
    [BEARS, CLAIM],
  ],
  [
    'other words that limit',
    (html) => html.replaceAll('</a><bdi>: “The teams only informed.”', '</a><bdi>: “The teams forced.”'),
    [BEARS, CLAIM],
  ],
  ['no warning in front', (html) => html.replace(/<p class="warning">.*?<\/p>\n/s, ''), [CLAIM]],
  [
    'a claim twice',
    (html) => html.replace(/(<h2 id="gaps">)/, '<h3><bdi>Claim 1. Nobody could refuse.</bdi></h3>\n$1'),
    [CLAIM],
  ],
  ['another coder', (html) => html.replace('<dd><bdi>Ann: GRA.TEAM', '<dd><bdi>Bob: GRA.TEAM'), [OTHERS]],
  [
    'a second row of who approved it',
    (html) =>
      html.replace(
        /(<dt><bdi>Approved<\/bdi><\/dt><dd><bdi>by nobody<\/bdi><\/dd>)/,
        '$1\n<dt><bdi>Approved</bdi></dt><dd><bdi>Bob</bdi></dd>',
      ),
    [OTHERS],
  ],
  [
    'a row that looks like it',
    (html) =>
      html.replace(
        '<dt><bdi>Second-coded<',
        '<dt><bdi>Approved </bdi></dt><dd><bdi>Bob</bdi></dd>\n<dt><bdi>Second-coded<',
      ),
    [FAR],
  ],
  [
    'a sentence among who worked on it',
    (html) => html.replace('<h3><bdi>Coded and checked</bdi></h3>\n', '$&<p><bdi>Approved by Bob.</bdi></p>\n'),
    [FAR],
  ],
  [
    'a further state',
    (html) => html.replaceAll(/(<dt><bdi>State<\/bdi><\/dt><dd><bdi>)(?:Checked|Coded)/g, '$1Approved'),
    [FAR],
  ],
  [
    'an approved translation',
    (html) => html.replaceAll('Working translation, not approved', 'Translation, approved'),
    [TRANSLATIONS],
  ],
  ['another translator', (html) => html.replaceAll('<bdi>By Ann, checked', '<bdi>By Bob, checked'), [TRANSLATIONS]],
  [
    'another key',
    (html) => html.replaceAll(/(<dt><bdi>Bob<\/bdi><\/dt><dd><code><bdi>)[^<]*/g, `$1${'0000 '.repeat(7)}0000`),
    [/another key of Bob/],
  ],
  [
    'an exhibit twice',
    (html) => {
      const [own = ''] = /<h2 id="e-1">.*?(?=<hr)/s.exec(html) ?? [];
      return html.replace(
        own,
        own.replaceAll(/<blockquote.*?<\/blockquote>/gs, '').replaceAll('by nobody', 'Bob') + own,
      );
    },
    [TWICE],
  ],
  [
    'an exhibit that is none',
    (html) =>
      html.replace(
        '<h2 id="e-1">',
        '<h2><bdi>Exhibit 1</bdi></h2>\n<dl><dt><bdi>Approved</bdi></dt><dd><bdi>Bob</bdi></dd></dl>\n<h2 id="e-1">',
      ),
    [TWICE, /outside of the exhibits who worked on them/],
  ],
  [
    'words of a quotation in another order: a browser puts what is in no cell before the table',
    quoting(
      (words) => `<table><tbody><tr><td><bdi>${words.slice(0, 9)}</bdi></td></tr></tbody>${words.slice(9)}</table>`,
    ),
    [PARTS],
  ],
  ['words of a quotation from right to left', quoting((words) => words.replace(/ /g, '</bdi> <bdi>')), [PARTS]],
  [
    'more words in a quotation, after an end that a browser skips',
    quoting(
      (words) => `<table><tbody><tr><td><bdi>${words}</bdi></blockquote> if it wished.</td></tr></tbody></table>`,
    ),
    [PARTS],
  ],
  ['numbers in a quotation', quoting((words) => `<ol><li><bdi>${words}</bdi></li></ol>`), [PARTS]],
  [
    'a picture of words in a quotation',
    quoting(
      (words) => `<bdi>${words}</bdi><img alt="" width="90" height="9" src="data:image/png;base64,iVBORw0KGgo=">`,
    ),
    [PARTS],
  ],
];

function quoting(as: (words: string) => string) {
  return (html: string): string =>
    html.replace(
      /(<blockquote class="original">)<bdi(?: lang="[^"]*")?>([^<]*)<\/bdi>/,
      (_, begin: string, words: string) => `${begin}${as(words)}`,
    );
}

it('a page that says otherwise who worked on exhibits, how far they are, or what bears on claims, fails, though its manifest fits', async () => {
  const { engine, claim, passages } = await withClaim();
  const translation = { language: 'de', text: 'Arbeitsgruppen kamen zu jedem Haus.' };
  await engine.call('translations.set', { passage: passages.teams, ...translation });
  const bob = await copyFor(engine, 'Bob');
  await bob.engine.call('review.move', { passage: passages.teams, to: 'checked' });
  await engine.call('merge.apply', { path: bob.folder });
  const whole = join(tempFolder(), 'dossier');
  await engine.call('dossier.export', { path: whole, format: 'folder', from: { kind: 'claims', claims: [claim] } });
  expect((await engine.call('dossier.verify', { path: whole })).failures).toEqual([]);
  for (const [what, forge, by] of FORGED) {
    const path = join(tempFolder(), 'dossier');
    cpSync(whole, path, { recursive: true });
    let isForged = false;
    rewrite(path, PAGE_PATH, (html) => {
      const forged = forge(html);
      isForged = forged !== html;
      return forged;
    });
    const { failures } = await engine.call('dossier.verify', { path });
    const said = failures.map(({ message }) => message);
    expect([what, isForged, by.filter((one) => !said.some((message) => one.test(message)))]).toEqual([what, true, []]);
  }
});
