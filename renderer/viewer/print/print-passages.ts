import { FROZEN_PRINT_SANDBOX } from '../../../shared/model/frozen-csp.ts';
import type { Frame } from '../page/frame-style.ts';
import { lookOf } from '../passages/shapes.ts';
import type { DrawnPassage } from '../types.ts';
import { type Foot, PrintFrame, dressDocument, fontsReady, made, paperRules } from './print-frame.ts';

/** A passage in the printed list. */
export interface PrintedPassage {
  readonly drawn: DrawnPassage;
  /** Its words; null for an area. */
  readonly words: string | null;
  /** Its place in the source and other details, translated. */
  readonly place: string;
  /** Code and name of each of its categories. */
  readonly categories: readonly { readonly code: string; readonly name: string }[];
}

export interface PassageSheet {
  readonly foot: Foot;
  readonly language: string | null;
  /** Details of the source, as names and values. */
  readonly facts: readonly { readonly name: string; readonly value: string }[];
  /** `12 passages`. */
  readonly count: string;
  readonly passages: readonly PrintedPassage[];
  readonly words: { readonly area: string; readonly untagged: string };
}

/** Prepares a printed list of a source’s passages: their words, codes and places, and the source’s details. */
export async function preparePassages(sheet: PassageSheet): Promise<PrintFrame> {
  const printed = await PrintFrame.open(FROZEN_PRINT_SANDBOX);
  await writePassages(printed.frame, sheet);
  return printed;
}

export async function writePassages(frame: Frame, sheet: PassageSheet): Promise<void> {
  await dressDocument(frame, sheet.foot.title, paperRules(sheet.foot));
  const facts = sheet.facts.flatMap(({ name, value }) => [
    made(frame, 'dt', {}, name),
    made(frame, 'dd', {}, made(frame, 'bdi', {}, value)),
  ]);
  frame.document.body.append(
    made(
      frame,
      'main',
      { class: 'printed-list' },
      made(frame, 'h1', { dir: 'auto' }, sheet.foot.title),
      made(frame, 'dl', {}, ...facts),
      made(frame, 'p', { class: 'printed-count' }, sheet.count),
      ...sheet.passages.map((passage) => item(frame, sheet, passage)),
    ),
  );
  await fontsReady(frame);
}

function item(frame: Frame, { language, words }: PassageSheet, passage: PrintedPassage): HTMLElement {
  const lang: Record<string, string> = language === null ? {} : { lang: language };
  const quote =
    passage.words === null
      ? made(frame, 'p', { class: 'printed-area' }, words.area)
      : made(frame, 'blockquote', { dir: 'auto', ...lang }, passage.words);
  const { family, colour } = lookOf(passage.drawn);
  const categories =
    passage.categories.length === 0
      ? [made(frame, 'li', {}, words.untagged)]
      : passage.categories.map(({ code, name }) =>
          made(frame, 'li', {}, made(frame, 'span', { class: 'code' }, code), ' ', made(frame, 'bdi', {}, name)),
        );
  const article = made(
    frame,
    'article',
    { class: `printed-passage f-${family}` },
    quote,
    made(frame, 'ul', {}, ...categories),
    made(frame, 'p', { class: 'printed-place' }, passage.place),
  );
  if (colour !== undefined) article.style.setProperty('--own', colour);
  return article;
}
