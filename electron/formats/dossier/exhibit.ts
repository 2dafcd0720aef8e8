import { formatMoment } from '../../../shared/text/moment.ts';
import { codingOf, finalOf, STATE_NAMES } from '../report/model.ts';
import { type Block, inLanguage, line, type Line, run, type ShownPassage } from './blocks.ts';
import { againstRow, documentFacts } from './facts.ts';
import type { Dossier, Exhibit, Signer } from './model.ts';
import { HASH_SENTENCE, RELATION_WORDS } from './words.ts';

/** One exhibit: what it quotes and where from, who worked on it, what speaks against it, and how to check it. */
export function* exhibitBlocks(dossier: Dossier, exhibit: Exhibit, shown: ShownPassage | null): Generator<Block> {
  const { passage, number, label } = exhibit;
  const document = dossier.documents.find(({ id }) => id === exhibit.document);
  if (document === undefined) return;
  yield { kind: 'heading', level: 2, line: line(`Exhibit ${label}`), id: `e-${number}` };
  yield { kind: 'facts', rows: headFacts(dossier, exhibit) };
  yield { kind: 'heading', level: 3, line: line('Quotation, in the original') };
  if (passage.quote === null) yield { kind: 'text', line: line('An area of the page, without text of its own.') };
  else yield { kind: 'quote', look: 'original', line: [inLanguage(passage.quote, document.language)] };
  if (dossier.shows.translations) yield* translations(exhibit);
  if (shown !== null) {
    yield { kind: 'heading', level: 3, line: line('The passage in its page') };
    yield { kind: 'passage', shown };
    yield { kind: 'text', look: 'note', line: line(`${shown.says}. ${placeWords(exhibit)}`) };
  }
  yield { kind: 'heading', level: 3, line: line('Source') };
  yield {
    kind: 'facts',
    rows: [['Title', [[inLanguage(document.title, document.language)]]], ...documentFacts(document, dossier.exhibits)],
  };
  if (dossier.shows.people) yield* people(dossier, exhibit);
  yield* against(dossier, exhibit);
  if (dossier.shows.custody) yield* custody(exhibit);
  for (const { memo, by, at } of exhibit.memos)
    yield { kind: 'facts', rows: [['Memo', [line(memo), line(run(`${by}, ${moment(at)}`, 'soft'))]]] };
  if (dossier.shows.signatures) yield* signatures(exhibit);
  yield* howToCheck(exhibit);
  yield { kind: 'heading', level: 3, line: line('Not known') };
  yield { kind: 'text', line: line(notKnown(exhibit, document.gaps.length)) };
}

const moment = (iso: string): string => formatMoment(Date.parse(iso), 'UTC');

function placeWords({ place, passage }: Exhibit): string {
  const page = passage.page === null ? [] : [`Page ${passage.page}`];
  const span = place.start === null ? [] : [`characters ${place.start}–${place.end ?? place.start}`];
  const said = [...page, ...span, `text as read by ${place.readBy}`].join(', ');
  return `${said.charAt(0).toUpperCase()}${said.slice(1)}.`;
}

function headFacts({ claims }: Dossier, exhibit: Exhibit): (readonly [string, readonly Line[]])[] {
  const { passage } = exhibit;
  const final = finalOf(passage).map(({ code, name }) => (code === name ? name : `${code} ${name}`));
  const bears = exhibit.claims.map(({ number, as }) =>
    line(`${RELATION_WORDS[as]} claim ${number}: `, run(claims[number - 1]?.claim ?? '', 'soft')),
  );
  return [
    ...(bears.length === 0 ? [] : [['For the claims', bears] as const]),
    ['Categories', [line(final.length === 0 ? 'none' : final.join('; '))]],
    ...(passage.settings.length === 0 ? [] : [['Dimensions', [line(passage.settings.join('; '))]] as const]),
    ['State', [line(STATE_NAMES[passage.state])]],
    ...(exhibit.isKept
      ? [['Kept', [line('It was to be left out, and stays, since it contradicts a claim.')]] as const]
      : []),
  ];
}

function* translations({ passage }: Exhibit): Generator<Block> {
  for (const one of passage.translations) {
    const name = one.state === 'approved' ? 'Translation, approved' : 'Working translation, not approved';
    yield { kind: 'heading', level: 3, line: line(`${name} (${one.language})`) };
    yield { kind: 'quote', look: 'translation', line: [inLanguage(one.text, one.language)] };
    const by = `By ${one.translator}${one.machine ? ', by machine' : ''}${one.state === 'checked' ? ', checked' : ''}`;
    yield { kind: 'text', look: 'note', line: line(by) };
  }
  if (passage.translations.length === 0)
    yield { kind: 'text', look: 'note', line: line('There is no translation of it.') };
}

function* people({ people: all }: Dossier, exhibit: Exhibit): Generator<Block> {
  const { passage } = exhibit;
  yield { kind: 'heading', level: 3, line: line('Coded and checked') };
  const coded = codingOf(passage).map(({ coder, categories }) =>
    line(`${coder}: ${categories.map(({ code }) => code).join(', ') || 'no category'}`),
  );
  const decided = passage.decided;
  const rows: (readonly [string, readonly Line[]])[] = [
    ['Marked', [line(passage.highlighter)]],
    ['Coded', coded.length === 0 ? [line('by nobody')] : coded],
    ...(decided === null
      ? []
      : [
          [
            'Decided',
            [
              line(`${decided.categories.map(({ code }) => code).join(', ') || 'none fits'}, by ${decided.person}`),
              line(decided.reason),
            ],
          ] as const,
        ]),
    ['Second-coded', [line(passage.second ?? 'by nobody')]],
    ['Checked', [line(passage.checker ?? 'by nobody')]],
    ['Approved', [line(passage.approver ?? 'by nobody')]],
  ];
  yield { kind: 'facts', rows };
  const there = new Set([
    passage.highlighter,
    passage.checker,
    passage.approver,
    decided?.person,
    ...passage.coding.map(({ coder }) => coder),
    ...passage.translations.map(({ translator }) => translator),
  ]);
  const signers = all.filter(({ name }) => there.has(name));
  if (signers.length > 0) yield { kind: 'facts', rows: signers.map(keyRow) };
}

const keyRow = ({ name, fingerprint, trust }: Signer): readonly [string, readonly Line[]] => [
  name,
  [line(fingerprint === null ? run('no key to compare', 'soft') : run(fingerprint, 'mono')), line(run(trust, 'soft'))],
];

function* against({ claims }: Dossier, exhibit: Exhibit): Generator<Block> {
  yield { kind: 'heading', level: 3, line: line('What limits and contradicts it') };
  let isEmpty = true;
  const { passage } = exhibit;
  const own = new Set([passage.id, ...(passage.also ?? [])]);
  for (const { number, as } of exhibit.claims) {
    const claim = claims[number - 1];
    if (claim === undefined) continue;
    const others = claim.against.filter((one) => !own.has(one.passage));
    const mine = claim.against.filter((one) => own.has(one.passage));
    if (as !== 'supports' && mine.length > 0) {
      isEmpty = false;
      const says = mine.some((one) => one.as === 'contradicts' && one.answer === '')
        ? 'Nobody has answered it.'
        : mine
            .map(({ answer }) => answer)
            .filter((answer) => answer !== '')
            .join(' ');
      const what = as === 'limits' ? 'It limits' : 'It contradicts';
      yield {
        kind: 'text',
        line: line(
          `${what} claim ${number}: “${claim.claim}”${/[.!?。！？]$/u.test(claim.claim) ? '' : '.'} `,
          run(as === 'limits' ? '' : says, 'strong'),
        ),
      };
    }
    if (others.length === 0) continue;
    isEmpty = false;
    yield { kind: 'text', line: line(`Of claim ${number}: “${claim.claim}”`) };
    yield { kind: 'facts', rows: others.map(againstRow) };
    if (claim.trashed > 0)
      yield { kind: 'text', look: 'warning', line: line('A contradiction of this claim was removed, not answered.') };
  }
  if (exhibit.isDisputed) {
    isEmpty = false;
    yield { kind: 'text', look: 'warning', line: line('Its coders differ, and nobody has decided.') };
  }
  for (const about of exhibit.conflicts) {
    isEmpty = false;
    yield {
      kind: 'text',
      look: 'warning',
      line: line(`Two people wrote differently, and nobody has decided: ${about}.`),
    };
  }
  if (isEmpty) yield { kind: 'text', line: line('Nothing in the project was linked against it. That is not proof.') };
}

function* custody({ custody: events }: Exhibit): Generator<Block> {
  yield { kind: 'heading', level: 3, line: line('Custody') };
  yield {
    kind: 'table',
    caption: 'What the project’s log says, times as its authors’ computers had them',
    heads: ['When', 'What', 'Who'],
    rows: events.map(({ at, what, who }) => [line(moment(at)), line(what), line(who)]),
  };
}

function* signatures({ passage }: Exhibit): Generator<Block> {
  const [first] = passage.translations;
  // Nobody signs for a translation that there isn't.
  if (first === undefined) return;
  yield { kind: 'heading', level: 3, line: line('Translation statement') };
  const says = `Translated by ${first.translator}${first.machine ? ' with a machine' : ''}. State: ${first.state === 'draft' ? 'not checked' : first.state}.`;
  yield { kind: 'text', line: line(says) };
  yield {
    kind: 'signatures',
    names: ['Translator, signature and date', 'For the publisher of this dossier, signature and date'],
  };
}

function* howToCheck({ passage }: Exhibit): Generator<Block> {
  const where = passage.page === null ? 'Open that file' : `Open that file at page ${passage.page}`;
  yield { kind: 'heading', level: 3, line: line('How to check this exhibit') };
  yield {
    kind: 'steps',
    lines: [
      line('Ask for the original and take its SHA-256 with any tool. It must equal the one above.'),
      line(`${where}, and read the words.`),
    ],
  };
  yield { kind: 'text', look: 'note', line: line(HASH_SENTENCE) };
}

function notKnown({ notKnown: said }: Exhibit, gaps: number): string {
  const all = [
    ...said,
    ...(gaps === 0 ? [] : ['What the record of its document lacks is listed with the source above.']),
  ];
  return all.length === 0 ? 'Nothing that the project asks for.' : all.join(' ');
}
