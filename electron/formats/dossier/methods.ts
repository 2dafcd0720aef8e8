import { counted } from '../../../shared/text/counted.ts';
import { codingOf } from '../report/model.ts';
import { type Block, line } from './blocks.ts';
import { originsOf } from './facts.ts';
import type { Dossier, Exhibit } from './model.ts';

/** How the exhibits came about, counted from what is in them: nothing here is a judgement of their quality. */
export function* methods(dossier: Dossier): Generator<Block> {
  const { documents, exhibits, leftOut, chosen } = dossier;
  yield { kind: 'heading', level: 2, line: line('How this was made'), id: 'methods' };
  const readers = [...new Set(exhibits.map(({ place }) => place.readBy))].toSorted();
  yield {
    kind: 'facts',
    rows: [
      [
        'Documents',
        [
          line(
            `${counted(documents.length, 'document')}, each kept as received and named by the SHA-256 of its bytes. ${originsOf(documents)}.`,
          ),
          line(`Text read by ${readers.join(', ')}.`),
        ],
      ],
      [
        'Exhibits',
        [
          line(`Chosen by people: ${chosen.join('; ')}. Passages of several people on the same words are one exhibit.`),
          ...(leftOut === 0
            ? []
            : [line(`${counted(leftOut, 'exhibit')} of this choice ${leftOut === 1 ? 'is' : 'are'} left out.`)]),
        ],
      ],
      ['Coding', coding(dossier).map((one) => line(one))],
      ['Translations', [line(translations(exhibits))]],
      ['Checking', [line(checking(exhibits))]],
    ],
  };
}

function coding({ exhibits, codebook, agreement }: Dossier): string[] {
  const coders = exhibits.map(({ passage }) => codingOf(passage).length);
  const of = (fits: (count: number) => boolean): number => coders.filter(fits).length;
  const name = [codebook.title, codebook.version].filter((part) => part !== '').join(' ');
  const decided = exhibits.filter(({ passage }) => passage.decided !== null).length;
  const disputed = exhibits.filter((one) => one.isDisputed).length;
  return [
    `${name === '' ? 'By the project’s codebook' : `By the codebook “${name}”`}: ${counted(
      of((count) => count > 1),
      'exhibit',
    )} by two people or more, ${of((count) => count === 1)} by one, ${of((count) => count === 0)} by nobody.`,
    `Where coders differed, ${decided} ${decided === 1 ? 'was' : 'were'} decided with a reason and ${disputed} ${disputed === 1 ? 'was' : 'were'} not.`,
    agreement === null
      ? 'Nothing in the project was coded by two people, so whether they would agree is not known.'
      : `Agreement in the whole project: Krippendorff’s alpha ${agreement.alpha === null ? 'undefined' : agreement.alpha.toFixed(2)}, over ${counted(agreement.units, 'sentence')} that ${counted(agreement.coders, 'coder')} judged.`,
  ];
}

function translations(exhibits: readonly Exhibit[]): string {
  const all = exhibits.flatMap(({ passage }) => passage.translations);
  if (all.length === 0) return 'None.';
  const states = (['approved', 'checked', 'draft'] as const).map((state) => all.filter((one) => one.state === state));
  const [approved, checked, draft] = states.map(({ length }) => length);
  const machine = all.filter((one) => one.machine).length;
  return `${approved ?? 0} approved by somebody other than the translator, ${checked ?? 0} checked, ${draft ?? 0} not checked; ${machine} made by machine.`;
}

function checking(exhibits: readonly Exhibit[]): string {
  const checked = exhibits.filter(({ passage }) => passage.checker !== null).length;
  const approved = exhibits.filter(({ passage }) => passage.approver !== null).length;
  return `${checked} of ${counted(exhibits.length, 'exhibit')} checked and ${approved} approved, each by somebody other than who coded it. What changed after its check is not counted.`;
}
