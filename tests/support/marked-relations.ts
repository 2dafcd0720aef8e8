import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Figure } from '../../shared/figures/figure.ts';
import {
  RELATION_KINDS,
  type Relation,
  type RelationKind,
  type Warning,
  WARNINGS,
} from '../../shared/figures/relation.ts';

/** A paragraph with its relations marked by hand. */
export interface MarkedRelations {
  readonly text: string;
  readonly marks: readonly RelationMark[];
  /** Every third paragraph was kept back while the rules were written. */
  readonly heldBack: boolean;
}
export interface RelationMark {
  readonly kind: RelationKind;
  /** Offsets in the text at which its figures begin, or which they contain. */
  readonly inputs: readonly number[];
  /** Null: the text prints no result. */
  readonly printed: number | null;
  /** False: what the text prints is wrong. */
  readonly holds: boolean;
  /** The text states it: it has to be found. Others are useful to suggest, and may be missing. */
  readonly isStated: boolean;
  readonly warnings: readonly Warning[];
}

/** `worded`: relations in words; `unseen`: marked by somebody who had not read the rules. */
type RelationsFile =
  | 'en'
  | 'zh'
  | 'worded-en'
  | 'worded-zh'
  | 'unseen-en'
  | 'unseen-zh'
  | 'second-en'
  | 'second-zh'
  | 'third-en'
  | 'fourth-en'
  | 'fifth-en'
  | 'sixth-en'
  | 'seventh-en'
  | 'eighth-en'
  | 'ninth-en'
  | 'retold-zh'
  | 'retold-en';

const FOLDER = join(import.meta.dirname, '../fixtures/figures');

/**
 * Reads a file of paragraphs. Below each stand its relations, indented: `share 415 & 864 = 48%`, `!=` where the text is wrong,
 * `~` before what is useful but not stated, `#2` for the second place of the same words, warnings at the end. `¶` ends a paragraph.
 */
export function markedRelations(name: RelationsFile): MarkedRelations[] {
  const blocks = readFileSync(join(FOLDER, `relations-${name}.txt`), 'utf8')
    .trim()
    .split(/\n(?! )/);
  return blocks.map((block, at) => {
    const [line = '', ...marks] = block.split('\n');
    const text = line.replaceAll('¶', '\n\n');
    return { text, marks: marks.map((mark) => markOf(mark.trim(), text)), heldBack: at % 3 === 2 };
  });
}

function markOf(line: string, text: string): RelationMark {
  const parts = /^(~?)(\w+) (.+?)(?: (!?=) (.+?))?((?: [a-z]+(?:-[a-z]+)+)*)$/.exec(line);
  const [, optional = '', name = '', inputs = '', sign = '=', printed, warnings = ''] = parts ?? [];
  const kind = RELATION_KINDS.find((one) => one === name);
  if (kind === undefined) throw new Error(`A mark without a kind: ${line}`);
  return {
    kind,
    inputs: inputs.split(' & ').map((words) => placeOf(words, text)),
    printed: printed === undefined ? null : placeOf(printed, text),
    holds: sign === '=',
    isStated: optional === '',
    warnings: WARNINGS.filter((one) => warnings.includes(one)),
  };
}

function placeOf(mark: string, text: string): number {
  const [words = '', number = '1'] = mark.split('#');
  let at = -1;
  for (let count = 0; count < Number(number); count++) {
    do at = text.indexOf(words, at + 1);
    while (
      at > 0 &&
      /[\d,.]/.test(text.charAt(at - 1)) &&
      /\d/.test(text.charAt(at)) &&
      /\d,?$/.test(text.slice(0, at))
    );
    if (at < 0) throw new Error(`No “${mark}” in: ${text}`);
  }
  return at;
}

/** Whether a relation that was found is the one marked. The order of the inputs of a sum is free. */
export function isMarked({ kind, inputs, printed }: Relation, mark: RelationMark): boolean {
  if (kind !== mark.kind || inputs.length !== mark.inputs.length) return false;
  const covers = (figure: Figure, place: number): boolean => figure.start <= place && place < figure.end;
  const isPrinted = mark.printed === null ? printed === null : printed !== null && covers(printed, mark.printed);
  return isPrinted && mark.inputs.every((place) => inputs.some((input) => covers(input, place)));
}
