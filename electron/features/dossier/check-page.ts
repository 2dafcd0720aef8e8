import { escaped } from '../../../shared/text/escape-html.ts';
import { quotedWords } from '../../../shared/text/quoted-words.ts';
import type { DossierReport } from '../../../shared/contract/dossier-check.ts';
import { toErrorData } from '../../../shared/errors.ts';
import type { BagRead } from '../../formats/bag/folder-read.ts';
import { type ExhibitsFile, PAGE_PATH } from '../../formats/dossier/folder.ts';
import { headOf, PAGE_TAG } from '../../formats/dossier/html.ts';
import { readText } from '../../formats/dossier/read-folder.ts';

type Failure = DossierReport['failures'][number];

/**
 * Compares what people read, the page, with what is checked, `exhibits.json`: the same quotations in the same order, each translation one of
 * its exhibit’s, and the SHA-256 of every document. Somebody could write the page anew, with its manifest. The rest of it is as it was sent.
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
  const head = headOf(said);
  const tags = page.startsWith(head) ? (page.slice(head.length).match(/<[^>]*>?/g) ?? []) : null;
  if (tags === null || tags.some((tag) => !PAGE_TAG.test(tag)))
    problems.push(
      failure(
        'The page has styles or parts that Sourcebook doesn’t write, which could show other words than are checked.',
      ),
    );
  problems.push(...otherClaims(page, said), ...otherPeople(page, said));
  const translations = new Set(
    said.exhibits.flatMap((one) => one.translations.map(({ text }) => squeezed(escaped(text)))),
  );
  if (quotesIn(page, 'translation').some((words) => !translations.has(words)))
    problems.push(failure('The page has a translation that exhibits.json doesn’t have.'));
  for (const { sha256, title } of said.documents)
    if (!page.includes(sha256)) problems.push(failure(`The page doesn’t have the SHA-256 of “${title}”.`));
  // A page of another dossier differs in all.
  const [first, second, third, ...more] = problems;
  const named = [first, second, third].flatMap((one) => one ?? []);
  return more.length === 0 ? named : [...named, failure(`The page differs in ${String(more.length)} more places.`)];
}

/** Claims that the page doesn’t have. Folders of earlier versions list none. */
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

/** Exhibits of which the page says that others marked, checked or approved them. */
function otherPeople(page: string, { exhibits }: ExhibitsFile): Failure[] {
  const sections = new Map(
    page
      .split('<h2 id="e-')
      .slice(1)
      .map((part): [string, string] => [part.slice(0, part.indexOf('"')), part]),
  );
  return exhibits.flatMap(({ number, label = String(number), people }) => {
    const [, rows = ''] = (sections.get(String(number)) ?? '').split('<bdi>Coded and checked</bdi>');
    const isSame = (name: string, who: string): boolean => {
      const [, after] = rows.split(`<dt><bdi>${name}</bdi></dt><dd>`);
      return squeezed(after?.split('</dd>')[0] ?? '') === squeezed(escaped(who));
    };
    return people === null ||
      (isSame('Marked', people.marked.name) &&
        isSame('Checked', people.checked?.name ?? NOBODY) &&
        isSame('Approved', people.approved?.name ?? NOBODY))
      ? []
      : [failure(`The page names others in exhibit ${label} than exhibits.json.`)];
  });
}
const NOBODY = 'by nobody';

const failure = (message: string): Failure => ({ kind: 'page', id: PAGE_PATH, message });

/** As the page is written; line ends and spaces aside. */
const quotesIn = (page: string, look: 'original' | 'translation'): string[] =>
  page
    .split(`<blockquote class="${look}">`)
    .flatMap((part, at) => (at === 0 ? [] : squeezed(part.split('</blockquote>')[0] ?? '')));
const squeezed = (html: string): string => html.replaceAll(/<[^>]*>/g, '').replaceAll(/\s+/g, '');
