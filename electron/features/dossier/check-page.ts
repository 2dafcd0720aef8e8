import { escaped } from '../../../shared/text/escape-html.ts';
import { quotedWords } from '../../../shared/text/quoted-words.ts';
import type { DossierReport } from '../../../shared/contract/dossier-check.ts';
import { toErrorData } from '../../../shared/errors.ts';
import { counted } from '../../../shared/text/counted.ts';
import type { BagRead } from '../../formats/bag/folder-read.ts';
import { type ExhibitsFile, FOLDER_FIELD, PAGE_PATH } from '../../formats/dossier/folder.ts';
import { headOf } from '../../formats/dossier/html.ts';
import { isBuiltAsWritten } from '../../formats/dossier/page-structure.ts';
import { recordRows } from '../../formats/dossier/record.ts';
import { readText } from '../../formats/dossier/read-folder.ts';
import { otherFigures } from './check-figures.ts';
import { otherWork } from './check-page-work.ts';
import { sectionsOf, squeezed } from './page-text.ts';

type Failure = DossierReport['failures'][number];

/**
 * Compares the page, which people read, with `exhibits.json`, which is checked: the same quotations in the same order, translations that
 * belong to their exhibit, and the SHA-256 of every document. Otherwise somebody could rewrite the page and its manifest. The rest of the
 * page is not checked.
 */
export function problemsOfPage(bag: BagRead, said: ExhibitsFile): Failure[] {
  let page: string;
  try {
    page = readText(bag, PAGE_PATH);
  } catch (thrown) {
    const { code, message } = toErrorData(thrown);
    if (code !== 'DAMAGED' && code !== 'TOO_LARGE') throw thrown;
    return [failure(`The page was not compared: ${message}`)];
  }
  const kinds = new Map(said.documents.map(({ number, kind }) => [number, kind]));
  const wanted = said.exhibits.flatMap(({ number, label = String(number), quote, document }) =>
    quote === null
      ? []
      : [{ label, words: squeezed(escaped(quotedWords(quote.exact, kinds.get(document) ?? 'text'))) }],
  );
  const shown = quotesIn(page, 'original');
  const problems = wanted.flatMap(({ label, words }, at) =>
    shown[at] === words ? [] : [failure(`The page quotes other words in exhibit ${label} than exhibits.json.`)],
  );
  if (shown.length > wanted.length)
    problems.push(failure('The page has more quotations than exhibits.json, which names all exhibits.'));
  const head = headOf(said, said[FOLDER_FIELD]);
  if (!page.startsWith(head) || !isBuiltAsWritten(page.slice(head.length)))
    problems.push(
      failure(
        'The page has styles or parts that Sourcebook doesn’t write, which could show other words than are checked.',
      ),
    );
  problems.push(
    ...otherPages(page, said),
    ...otherClaims(page, said),
    ...otherWords(page, said),
    ...otherRecords(page, said),
    ...otherFigures(page, said),
    ...otherWork(page, said).map(failure),
  );
  const translations = new Set(
    said.exhibits.flatMap((one) => one.translations.map(({ text }) => squeezed(escaped(text)))),
  );
  if (quotesIn(page, 'translation').some((words) => !translations.has(words)))
    problems.push(failure('The page has a translation that exhibits.json doesn’t have.'));
  for (const { sha256, title } of said.documents)
    if (!page.includes(sha256)) problems.push(failure(`The page doesn’t have the SHA-256 of “${title}”.`));
  // The page of another dossier differs everywhere, so only three differences are named.
  const [first, second, third, ...more] = problems;
  const named = [first, second, third].flatMap((one) => one ?? []);
  return more.length === 0 ? named : [...named, failure(`The page differs in ${counted(more.length, 'more place')}.`)];
}

/** Patterns of the page numbers that the page prints for an exhibit: where it is in its original, and where to open the file. */
const PAGES = [/Page (\d+), (?:characters \d+–\d+, )?text as read by /g, /Open that file at page (\d+)/g] as const;

function otherPages(html: string, { exhibits }: ExhibitsFile): Failure[] {
  const sections = sectionsOf(html, '<h2 id="e-', '<h2');
  return exhibits.flatMap(({ number, label = String(number), page }) => {
    const section = sections.get(String(number)) ?? '';
    const isOther = PAGES.some((one) => [...section.matchAll(one)].some(([, named]) => named !== String(page)));
    return isOther ? [failure(`The page names another page for exhibit ${label} than exhibits.json.`)] : [];
  });
}

/** Failures for claims that the page lacks. Folders of earlier versions list no claims. */
function otherClaims(page: string, { claims = [] }: ExhibitsFile): Failure[] {
  const headings = new Set(
    [...page.matchAll(/<h3(?: id="[^"]*")?>(.*?)<\/h3>/gs)].map(([, html = '']) => squeezed(html)),
  );
  return claims.flatMap(({ number, text }) =>
    headings.has(squeezed(escaped(`Claim ${number}. ${text}`)))
      ? []
      : [failure(`The page doesn’t have claim ${number} as exhibits.json has it.`)],
  );
}

/** Failures for exhibits whose memos or decision differ on the page. */
function otherWords(page: string, { exhibits }: ExhibitsFile): Failure[] {
  const sections = sectionsOf(page, '<h2 id="e-', '<h2');
  return exhibits.flatMap(({ number, label = String(number), people, memos, decision }) => {
    const section = sections.get(String(number)) ?? '';
    const said = (memos ?? []).map(({ text, name }) => squeezed(escaped(`${text}${name}, `)));
    const printed = valuesOf(section, 'Memo');
    if (
      memos !== undefined &&
      (said.length !== printed.length || !said.every((one, at) => printed[at]?.startsWith(one) === true))
    )
      return [failure(`The page has other memos in exhibit ${label} than exhibits.json.`)];
    const decided =
      decision === undefined || decision === null || people === null || people.decided === null
        ? []
        : [
            squeezed(
              escaped(`${decision.categories.join(', ') || 'none fits'}, by ${people.decided.name}${decision.reason}`),
            ),
          ];
    if (decision !== undefined && valuesOf(section, 'Decided').join('\n') !== decided.join('\n'))
      return [failure(`The page has another decision in exhibit ${label} than exhibits.json.`)];
    return [];
  });
}

/** Failures for documents whose record differs on the page, in their own entry or with an exhibit. Folders of earlier versions have no records. */
function otherRecords(page: string, { documents, exhibits }: ExhibitsFile): Failure[] {
  const own = sectionsOf(page, '<h3 id="d-', '<h3', '<h2');
  const byExhibit = sectionsOf(page, '<h2 id="e-', '<h2');
  return documents.flatMap(({ number, id, title, record }) => {
    if (record === undefined) return [];
    const shownIn = exhibits.filter(({ document }) => document === number);
    const rows = recordRows(record);
    const isIn = (section: string | undefined, more: typeof rows = []): boolean =>
      section === undefined ||
      [...rows, ...more].every(([name, text]) => valuesOf(section, name).join('\n') === squeezed(escaped(text ?? '')));
    const heading = own.get(escaped(id))?.split('</h3>')[0];
    const isSame =
      (heading === undefined || squeezed(heading.slice(heading.indexOf('>') + 1)).endsWith(squeezed(escaped(title)))) &&
      isIn(own.get(escaped(id))) &&
      shownIn.every((one) => isIn(byExhibit.get(String(one.number)), [['Title', title]]));
    return isSame ? [] : [failure(`The page says other things of the document “${title}” than exhibits.json.`)];
  });
}

/** The values of the rows with this name in a part of the page. */
const valuesOf = (html: string, name: string): string[] =>
  html
    .split(`<dt><bdi>${name}</bdi></dt><dd>`)
    .slice(1)
    .map((after) => squeezed(after.split('</dd>')[0] ?? ''));

const failure = (message: string): Failure => ({ kind: 'page', id: PAGE_PATH, message });

const quotesIn = (page: string, look: 'original' | 'translation'): string[] =>
  page
    .split(`<blockquote class="${look}">`)
    .flatMap((part, at) => (at === 0 ? [] : squeezed(part.split('</blockquote>')[0] ?? '')));
