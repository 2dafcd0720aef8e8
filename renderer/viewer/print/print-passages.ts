import { FROZEN_PRINT_SANDBOX } from '../../../shared/model/frozen-csp.ts';
import type { Frame } from '../page/frame-style.ts';
import { lookOf } from '../passages/shapes.ts';
import type { DrawnPassage } from '../types.ts';
import { type Footer, PrintFrame, addAppStyles, fontsReady, createElement, paperRules } from './print-frame.ts';

/** A passage in the printed list. */
export interface PrintedPassage {
  readonly drawn: DrawnPassage;
  /** Its words; null for an area. */
  readonly words: string | null;
  /** Where it is in the source, and other details, translated. */
  readonly place: string;
  /** Code and name of each of its categories. */
  readonly categories: readonly { readonly code: string; readonly name: string }[];
}

export interface PassageSheet {
  readonly footer: Footer;
  readonly language: string | null;
  /** Details of the source, as names and values. */
  readonly facts: readonly { readonly name: string; readonly value: string }[];
  /** The number of passages, translated: `12 passages`. */
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

/** Writes the list into an empty document. */
export async function writePassages(frame: Frame, sheet: PassageSheet): Promise<void> {
  await addAppStyles(frame, sheet.footer.title, paperRules(sheet.footer));
  const facts = sheet.facts.flatMap(({ name, value }) => [
    createElement(frame, 'dt', {}, name),
    createElement(frame, 'dd', {}, createElement(frame, 'bdi', {}, value)),
  ]);
  frame.document.body.append(
    createElement(
      frame,
      'main',
      { class: 'printed-list' },
      createElement(frame, 'h1', { dir: 'auto' }, sheet.footer.title),
      createElement(frame, 'dl', {}, ...facts),
      createElement(frame, 'p', { class: 'printed-count' }, sheet.count),
      ...sheet.passages.map((passage) => item(frame, sheet, passage)),
    ),
  );
  await fontsReady(frame);
}

function item(frame: Frame, { language, words }: PassageSheet, passage: PrintedPassage): HTMLElement {
  const lang: Record<string, string> = language === null ? {} : { lang: language };
  const quote =
    passage.words === null
      ? createElement(frame, 'p', { class: 'printed-area' }, words.area)
      : createElement(frame, 'blockquote', { dir: 'auto', ...lang }, passage.words);
  const { family, colour } = lookOf(passage.drawn);
  const categories =
    passage.categories.length === 0
      ? [createElement(frame, 'li', {}, words.untagged)]
      : passage.categories.map(({ code, name }) =>
          createElement(
            frame,
            'li',
            {},
            createElement(frame, 'span', { class: 'code' }, code),
            ' ',
            createElement(frame, 'bdi', {}, name),
          ),
        );
  const article = createElement(
    frame,
    'article',
    { class: `printed-passage f-${family}` },
    quote,
    createElement(frame, 'ul', {}, ...categories),
    createElement(frame, 'p', { class: 'printed-place' }, passage.place),
  );
  if (colour !== undefined) article.style.setProperty('--own', colour);
  return article;
}
