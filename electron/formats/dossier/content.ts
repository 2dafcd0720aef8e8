import { type DossierPart, TEMPLATES } from '../../../shared/model/index.ts';
import { counted, numbered } from '../../../shared/text/counted.ts';
import { formatMoment } from '../../../shared/text/moment.ts';
import {
  type Block,
  exhibitLink,
  inLanguage,
  line,
  type Line,
  link,
  named,
  ranges,
  run,
  type ShownPassage,
  type Written,
} from './blocks.ts';
import { exhibitBlocks } from './exhibit.ts';
import { figureBlocks } from './figures.ts';
import { againstRow, documentFacts, originsOf } from './facts.ts';
import { methods } from './methods.ts';
import type { Dossier, DossierClaim } from './model.ts';
import { GAP_WORDS, HASH_SENTENCE, RELATION_WORDS, TEMPLATE_WORDS } from './words.ts';

/** How a passage is shown in the exhibit of that number. */
export type ShownOf = (exhibit: number) => Promise<ShownPassage>;

/** The whole dossier in order. Exhibits are asked for one after the other, so that their pictures are never all in memory. */
export async function* dossierBlocks(dossier: Dossier, shownOf: ShownOf): AsyncGenerator<Written> {
  const { shows } = dossier;
  let exhibits = 0;
  const written = (block: Block): Written => ({ block, exhibits });
  const { before, after } = TEMPLATES[dossier.template];
  for (const block of front(dossier)) yield written(block);
  for (const block of parts(dossier, before)) yield written(block);
  for (const exhibit of dossier.exhibits) {
    yield written({ kind: 'page' });
    for (const block of exhibitBlocks(dossier, exhibit, shows.pictures ? await shownOf(exhibit.number) : null))
      yield written(block);
    exhibits += 1;
  }
  yield written({ kind: 'page' });
  for (const block of parts(dossier, after)) yield written(block);
  yield written({ kind: 'text', line: line(HASH_SENTENCE) });
}

/** One exhibit alone. */
export async function* oneExhibit(dossier: Dossier, number: number, shownOf: ShownOf): AsyncGenerator<Written> {
  const exhibit = dossier.exhibits.find((one) => one.number === number);
  if (exhibit === undefined) return;
  const shown = dossier.shows.pictures ? await shownOf(number) : null;
  for (const block of exhibitBlocks(dossier, exhibit, shown)) yield { block, exhibits: 1 };
}

function* front(dossier: Dossier): Generator<Block> {
  const { exhibits, documents } = dossier;
  yield { kind: 'heading', level: 1, line: line(dossier.title) };
  yield {
    kind: 'facts',
    rows: [
      ['Kind', [line(TEMPLATE_WORDS[dossier.template])]],
      ['Project', [line(dossier.project)]],
      ['Exhibits', [line(`${counted(exhibits.length, 'exhibit')} from ${counted(documents.length, 'document')}`)]],
      ['Origins', [line(originsOf(documents))]],
      ['Made of', dossier.chosen.map((one) => line(one))],
      ['Made on', [line(formatMoment(Date.parse(dossier.madeAt), 'UTC'))]],
      ...(dossier.head === null ? [] : [['Project state', [line(run(dossier.head, 'mono'))]] as const]),
      ...(dossier.pseudonyms
        ? [['People', [line('Under pseudonyms. Names in the documents’ own words stay.')]] as const]
        : []),
    ],
  };
  for (const claim of dossier.claims) yield* warning(claim);
  yield {
    kind: 'text',
    look: 'note',
    line: line(
      'Each exhibit quotes a document word for word; translations, categories and claims are the analysts’ own. What limits or contradicts is printed with it and can’t be left out. ',
      HASH_SENTENCE,
    ),
  };
}

/** What must be seen wherever a claim is. */
function* warning({ number, claim, unanswered, trashed, supports }: DossierClaim): Generator<Block> {
  const says = [
    ...(unanswered > 0
      ? [`${counted(unanswered, 'contradiction')} of it ${unanswered === 1 ? 'is' : 'are'} not answered.`]
      : []),
    ...(supports.passages === 0 ? ['No passage supports it.'] : []),
    ...(trashed > 0
      ? [`${counted(trashed, 'contradiction')} of it ${trashed === 1 ? 'was' : 'were'} removed, not answered.`]
      : []),
  ];
  if (says.length > 0)
    yield { kind: 'text', look: 'warning', line: line(run(`Claim ${number}, “${claim}”: `, 'strong'), says.join(' ')) };
}

function* contents({ groups, claims: all, exhibits, documents }: Dossier): Generator<Block> {
  const titles = new Map(documents.map((one) => [one.id, one]));
  yield { kind: 'heading', level: 2, line: line('Contents'), id: 'contents' };
  for (const group of groups) {
    const claim = group.claim === null ? undefined : all[group.claim - 1];
    const of = group.document === null ? undefined : titles.get(group.document);
    const caption =
      claim === undefined ? (of?.title ?? 'Exhibits') : `Claim ${claim.number}: ${claim.claim}${openWords(claim)}`;
    const rows = group.exhibits.flatMap((number): Line[][] => {
      const exhibit = exhibits[number - 1];
      if (exhibit === undefined) return [];
      const document = titles.get(exhibit.document);
      const quote = exhibit.passage.quote;
      const language = document?.language ?? null;
      const bears = exhibit.claims.filter((one) => group.claim === null || one.number === group.claim);
      // By claim, what is open about it stands in the caption.
      const words = bears.map((one) => {
        return group.claim === null
          ? `${RELATION_WORDS[one.as]} claim ${one.number}${openWords(all[one.number - 1])}`
          : RELATION_WORDS[one.as];
      });
      return [
        [
          line(exhibitLink(exhibit)),
          quote === null ? line(run('An area of the page', 'soft')) : [inLanguage(shortened(quote), language)],
          of === undefined
            ? [inLanguage(document?.title ?? '', language)]
            : line(exhibit.passage.page === null ? '' : `page ${exhibit.passage.page}`),
          line(words.join('; ')),
        ],
      ];
    });
    const where = of === undefined ? 'Document' : 'Place';
    if (rows.length === 0) yield { kind: 'text', look: 'note', line: line(run(caption, 'strong')) };
    else yield { kind: 'table', caption, heads: ['Exhibit', 'Quotation', where, 'For the claim'], rows };
  }
}

/** What is open about a claim, for lists that name it: a short form of {@link warning}. */
function openWords(claim: DossierClaim | undefined): string {
  if (claim === undefined) return '';
  const says = [
    ...(claim.unanswered > 0 ? ['contradicted, not answered'] : []),
    ...(claim.supports.passages === 0 ? ['no passage supports it'] : []),
  ];
  return says.length === 0 ? '' : ` (${says.join('; ')})`;
}

const LONGEST = 60;
/** Cut between characters that people see as one as far as code points show it. */
function shortened(text: string): string {
  const points = [...text.replace(/\s+/gu, ' ')];
  return points.length > LONGEST ? `${points.slice(0, LONGEST).join('').trimEnd()}…` : points.join('');
}

function* summary({ summary: text }: Dossier): Generator<Block> {
  yield { kind: 'heading', level: 2, line: line('Summary'), id: 'summary' };
  const paragraphs = text.split(/\n\s*\n/u).filter((one) => one.trim() !== '');
  if (paragraphs.length === 0) yield { kind: 'text', look: 'note', line: line('No summary was written.') };
  for (const paragraph of paragraphs) yield { kind: 'text', line: line(paragraph.trim()) };
}

function* claims({ claims: all, exhibits }: Dossier): Generator<Block> {
  if (all.length === 0) return;
  yield { kind: 'heading', level: 2, line: line('Claims'), id: 'claims' };
  for (const claim of all) {
    yield { kind: 'heading', level: 3, line: line(`Claim ${claim.number}. ${claim.claim}`) };
    const rests = (name: string, { passages, origins }: DossierClaim['supports']): string =>
      passages === 0
        ? `${name} no passage`
        : `${name} ${counted(passages, 'passage')} of ${counted(origins, 'origin')}`;
    yield {
      kind: 'text',
      line: line(
        `${rests('Supported by', claim.supports)}; ${rests('limited by', claim.limits)}; ${rests('contradicted by', claim.contradicts)}.`,
      ),
    };
    if (claim.exhibits.length > 0) yield { kind: 'text', line: line(`${named(claim.exhibits, exhibits)}.`) };
    yield* warning(claim);
    if (claim.lacks.length > 0) yield { kind: 'text', look: 'note', line: line(`Gaps: ${claim.lacks.join('; ')}.`) };
    if (claim.against.length > 0) yield { kind: 'facts', rows: claim.against.map(againstRow) };
  }
}

function* annotated({ documents, exhibits, template }: Dossier): Generator<Block> {
  yield { kind: 'heading', level: 2, line: line('Documents'), id: 'documents' };
  const isNumbered = TEMPLATES[template].exhibits !== 'claims';
  for (const [at, document] of documents.entries()) {
    const title = inLanguage(document.title, document.language);
    yield {
      kind: 'heading',
      level: 3,
      line: isNumbered ? line(`${at + 1}. `, title) : [title],
      id: `d-${document.id}`,
    };
    yield { kind: 'facts', rows: documentFacts(document, exhibits) };
  }
}

/** Parts in the order of the template. That something was left out of documents, what the claims are and how to check is in every dossier. */
function* parts(dossier: Dossier, names: readonly DossierPart[]): Generator<Block> {
  for (const name of names) if (isShown(dossier, name)) yield* PARTS[name](dossier);
}

function isShown({ shows }: Dossier, name: DossierPart): boolean {
  return name === 'claims' || name === 'masks' || name === 'check' || shows[name];
}

const PARTS: Readonly<Record<DossierPart, (dossier: Dossier) => Generator<Block>>> = {
  contents,
  summary,
  claims,
  documents: annotated,
  methods,
  figures,
  codebook,
  agreement,
  masks,
  gaps,
  people,
  check,
};

/** An archive’s reader has nobody to ask: what this is, and in which order, is said first. */
function* check({ template, pseudonyms }: Dossier): Generator<Block> {
  yield { kind: 'heading', level: 2, line: line('How to check this dossier'), id: 'check' };
  if (template === 'archive')
    yield {
      kind: 'text',
      line: line(
        `This dossier can be read without its makers, and without the program that made it. Each exhibit has its quotation, its document with the SHA-256 of the file as received, and what the project’s log says happened to it.${pseudonyms ? ' People have pseudonyms; the project itself has their names and signatures.' : ''}`,
      ),
    };
  yield {
    kind: 'steps',
    lines: [
      line('Take the SHA-256 of a document’s original with any tool. It must equal the one printed with its exhibits.'),
      line('Open the original at the page that an exhibit names, and read the words there.'),
      ...(template === 'editor'
        ? []
        : [
            line(
              'In a folder of this dossier, the originals are in data/originals, and manifest-sha256.txt has the SHA-256 of every file: sha256sum -c checks them.',
            ),
          ]),
    ],
  };
}

function* figures({ figures: all, exhibits, documents }: Dossier): Generator<Block> {
  if (all === null) return;
  const languages = new Map(documents.map(({ id, language }) => [id, language]));
  const languageOf = (exhibit: number): string | null => languages.get(exhibits[exhibit - 1]?.document ?? '') ?? null;
  yield* figureBlocks(all, { exhibits, languageOf });
}

function* codebook({ categories, exhibits, codebook: { title, version } }: Dossier): Generator<Block> {
  const name = [title, version].filter((part) => part !== '').join(' ');
  yield {
    kind: 'heading',
    level: 2,
    line: line(`Codebook${name === '' ? '' : `: ${name}`}, categories used`),
    id: 'codebook',
  };
  if (categories.length === 0) yield { kind: 'text', look: 'note', line: line('No exhibit has a category.') };
  for (const one of categories) {
    const rows: (readonly [string, string])[] = [
      ['Definition', one.definition],
      ['Include', one.include],
      ['Exclude', one.exclude],
      ['Exhibits', ranges(one.exhibits, exhibits)],
    ];
    yield { kind: 'heading', level: 3, line: line(`${one.code} ${one.name}`) };
    yield { kind: 'facts', rows: rows.flatMap(([key, text]) => (text === '' ? [] : [[key, [line(text)]] as const])) };
  }
}

function* agreement({ agreement: found }: Dossier): Generator<Block> {
  yield { kind: 'heading', level: 2, line: line('Agreement between coders'), id: 'agreement' };
  if (found === null) {
    yield { kind: 'text', line: line('Nothing was coded by two people, so whether they would agree is not known.') };
    return;
  }
  const { alpha, interval, percent, units, coders, note } = found;
  const of = alpha === null ? 'undefined' : alpha.toFixed(2);
  const between = interval === null ? '' : `, 95 % between ${interval[0].toFixed(2)} and ${interval[1].toFixed(2)}`;
  yield {
    kind: 'facts',
    rows: [
      ['Krippendorff’s alpha', [line(`${of}${between}`)]],
      ['Agreement', [line(percent === null ? 'undefined' : `${percent.toFixed(1)} %`)]],
      ['Judged twice', [line(`${counted(units, 'sentence')} by ${counted(coders, 'coder')}, in the whole project`)]],
    ],
  };
  yield { kind: 'text', look: 'note', line: line(note) };
}

/** That something was left out is never left out. */
function* masks({ masks: all }: Dossier): Generator<Block> {
  if (all.length === 0) return;
  yield { kind: 'heading', level: 2, line: line('Left out of the documents'), id: 'masks' };
  yield {
    kind: 'facts',
    rows: all.map(({ kind, reason, count }) => [kind, [line(`${numbered(count)}: ${reason}`)]]),
  };
}

function* gaps(dossier: Dossier): Generator<Block> {
  yield { kind: 'heading', level: 2, line: line('Not known, and open'), id: 'gaps' };
  const { documents, exhibits } = dossier;
  const lacking = documents.filter((one) => one.gaps.length > 0);
  const numbers = (fits: (one: Dossier['exhibits'][number]) => boolean): string => {
    const fitting = exhibits.filter(fits).map(({ number }) => number);
    return fitting.length === 0 ? '' : named(fitting, exhibits);
  };
  const rows: (readonly [string, string])[] = [
    ['Coders differ, not decided', numbers((one) => one.isDisputed)],
    [
      'Translation not approved',
      numbers(
        ({ passage }) =>
          passage.translations.length > 0 && passage.translations.every(({ state }) => state !== 'approved'),
      ),
    ],
    ['Not checked', numbers(({ passage }) => passage.checker === null)],
    ['Edits that await a decision', numbers((one) => one.conflicts.length > 0)],
  ];
  const said = rows.filter(([, text]) => text !== '');
  if (said.length > 0) yield { kind: 'facts', rows: said.map(([name, text]) => [name, [line(text)]]) };
  yield {
    kind: 'text',
    line: line(
      dossier.openConflicts === 0
        ? 'No edits of the project await a decision.'
        : `In the whole project ${counted(dossier.openConflicts, 'edit awaits', 'edits await')} a decision because people wrote differently.`,
    ),
  };
  if (lacking.length > 0)
    yield {
      kind: 'table',
      caption: 'What records of documents lack',
      heads: ['Document', 'Not known'],
      rows: lacking.map((one) => [
        [
          {
            ...link(one.title, dossier.shows.documents ? `d-${one.id}` : `e-${one.exhibits[0] ?? 1}`),
            ...(one.language === null ? {} : { lang: one.language }),
          },
        ],
        line(one.gaps.map((gap) => GAP_WORDS[gap]).join(', ')),
      ]),
    };
}

function* people({ people: all }: Dossier): Generator<Block> {
  yield { kind: 'heading', level: 2, line: line('People and their keys'), id: 'people' };
  yield {
    kind: 'table',
    caption: `${numbered(all.length)} whose work is in the exhibits`,
    heads: ['Name', 'Fingerprint of the key', 'Trust'],
    rows: all.map(({ name, fingerprint, trust }) => [
      line(name),
      line(fingerprint === null ? run('none', 'soft') : run(fingerprint, 'mono')),
      line(trust),
    ]),
  };
}
