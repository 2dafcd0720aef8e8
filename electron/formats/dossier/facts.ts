import { counted } from '../../../shared/text/counted.ts';
import { exhibitLink, line, type Line, ranges, run } from './blocks.ts';
import type { Against, Document, Numbered } from './model.ts';
import { recordOf, recordRows } from './record.ts';
import { GAP_WORDS, RELATION_WORDS } from './words.ts';

/** A passage that limits or contradicts, with its answer, as a row of facts. */
export function againstRow(one: Against): readonly [string, readonly Line[]] {
  const where = [one.document, ...(one.page === null ? [] : [`page ${one.page}`])].join(', ');
  const words = one.quote === '' ? 'An area of the page' : `“${one.quote}”`;
  const answered =
    one.as === 'limits'
      ? []
      : [one.answer === '' ? line(run('Not answered.', 'strong')) : line(run('Answer: ', 'strong'), one.answer)];
  return [
    RELATION_WORDS[one.as],
    [
      one.exhibit === null ? line(words) : line(exhibitLink(one.exhibit), `: ${words}`),
      line(run(where, 'soft')),
      ...(one.translation === null ? [] : [line(one.translation)]),
      ...answered,
    ],
  ];
}

/** How many origins documents have: copies of one text count once. */
export function originsOf(documents: readonly Document[]): string {
  const origins = new Set(documents.map(({ id, text }) => text ?? id)).size;
  const copies = documents.length - origins;
  return copies === 0
    ? `${counted(origins, 'origin')}; no document is known to be a copy of another one here`
    : `${counted(origins, 'origin')}; ${counted(copies, 'document is a copy', 'documents are copies')} of others here and counted with them`;
}

/** What is known of a document. Null stands for nothing, which is listed as not known. */
export function documentFacts(
  document: Document,
  exhibits: readonly Numbered[],
): (readonly [string, readonly Line[]])[] {
  const rows: readonly (readonly [string, string | null])[] = [
    ['File', document.fileName],
    ...recordRows(recordOf(document)),
    ['Copies', document.copies ?? null],
  ];
  return [
    ...rows.flatMap(([name, text]) => (text === null || text === '' ? [] : [[name, [line(text)]] as const])),
    [
      'SHA-256',
      [
        line(run(document.sha256, 'mono')),
        line(
          run(`of the file as received, ${counted(document.bytes, 'byte')}; ${ORIGINAL[document.original]}`, 'soft'),
        ),
      ],
    ],
    [
      'Not known',
      [
        line(
          document.gaps.length === 0
            ? 'Nothing that the record asks for'
            : document.gaps.map((gap) => GAP_WORDS[gap]).join(', '),
        ),
      ],
    ],
    ['Exhibits', [line(ranges(document.exhibits, exhibits))]],
  ];
}

const ORIGINAL: Readonly<Record<Document['original'], string>> = {
  same: 'read when this was made: the same bytes',
  missing: 'the file itself isn’t in the project any more',
  unread: 'not read when this was made',
};
