import { escaped } from '../../../shared/text/escape-html.ts';
import { counted } from '../../../shared/text/counted.ts';
import { quotedWords } from '../../../shared/text/quoted-words.ts';
import { shownState, type SourceKind } from '../../../shared/model/index.ts';
import type { ExhibitsFile, FolderExhibit } from '../../formats/dossier/folder.ts';
import { recordRows } from '../../formats/dossier/record.ts';
import { RELATION_WORDS } from '../../formats/dossier/words.ts';
import { STATE_NAMES } from '../../formats/report/model.ts';
import { partsOf, rowsOf, squeezed, type Part } from './page-text.ts';

type Claim = NonNullable<ExhibitsFile['claims']>[number];
type Translation = FolderExhibit['translations'][number];
type Rows = ReturnType<typeof rowsOf>;

const plain = (text: string): string => squeezed(escaped(text));
const NOBODY = 'by nobody';

/** The content of exhibits.json, indexed for comparing it with each row of the page. */
class Said {
  readonly file: ExhibitsFile;
  readonly claims: readonly Claim[];
  private readonly exhibits = new Map<string, FolderExhibit>();
  private readonly kinds: ReadonlyMap<number, SourceKind>;
  /** Claims by the passages that bear on them. */
  private readonly bearing = new Map<string, Bearing[]>();
  /** The keys of people, by the name that a row of the page gives them. */
  readonly keys = new Map<string, Set<string | null>>();

  constructor(file: ExhibitsFile) {
    this.file = file;
    this.claims = file.claims ?? [];
    this.kinds = new Map(file.documents.map(({ number, kind }) => [number, kind]));
    for (const exhibit of file.exhibits) {
      for (const passage of exhibit.passages) this.exhibits.set(passage, exhibit);
      const { people, translations } = exhibit;
      for (const { translator } of translations) this.addKey(translator);
      if (people === null) continue;
      for (const one of [people.marked, ...people.coded, people.decided, people.checked, people.approved])
        if (one !== null) this.addKey(one);
    }
    for (const claim of this.claims)
      for (const { passage, as } of claim.links) {
        const there = this.bearing.get(passage);
        if (there === undefined) this.bearing.set(passage, [{ claim, as }]);
        else there.push({ claim, as });
      }
  }

  /** The names of the rows of a document’s record, escaped as on the page. */
  recordRows(document: number): ReadonlySet<string> {
    const record = this.file.documents.find(({ number }) => number === document)?.record;
    return new Set(record === undefined ? [] : recordRows(record).map(([name]) => escaped(name)));
  }

  private addKey({ name, fingerprint }: { readonly name: string; readonly fingerprint: string | null }): void {
    const key = escaped(name);
    this.keys.set(key, (this.keys.get(key) ?? new Set()).add(fingerprint));
  }

  bearingOn = ({ passages }: FolderExhibit): Bearing[] => passages.flatMap((one) => this.bearing.get(one) ?? []);

  /** What limits or contradicts a claim, as the rows of the page: the relation, the exhibit with its words, and the answer. */
  againstOf({ links }: Claim, without: readonly string[] = []): string[] {
    return links.flatMap(({ passage, as, answer }) => {
      if (as === 'supports' || without.includes(passage)) return [];
      const answered = answer === '' ? 'Not answered.' : `Answer: ${answer}`;
      return [rowKey(RELATION_WORDS[as], plain(this.wordsOf(passage)), as === 'limits' ? '' : plain(answered))];
    });
  }

  private wordsOf(passage: string): string {
    const exhibit = this.exhibits.get(passage);
    if (exhibit === undefined) return '';
    const { quote, document, number, label = String(number) } = exhibit;
    const words =
      quote === null ? 'An area of the page' : `“${quotedWords(quote.exact, this.kinds.get(document) ?? 'text')}”`;
    return `Exhibit ${label}: ${words}`;
  }
}

interface Bearing {
  readonly claim: Claim;
  readonly as: Claim['links'][number]['as'];
}
const rowKey = (...parts: readonly string[]): string => parts.join('\n');

/**
 * Sentences on the places where the page differs from exhibits.json: who worked on exhibits, their states, translations, keys, and the
 * passages for and against claims. Also reports an exhibit that is on the page twice or isn’t listed.
 */
export function otherWork(page: string, file: ExhibitsFile): string[] {
  const said = new Said(file);
  const parts = partsOf(page);
  const byId = new Map(parts.map(({ id, html }) => [id, html]));
  return [
    ...otherParts(parts, said),
    ...otherBearings(page, byId, said),
    ...file.exhibits.flatMap((one) => otherExhibit(byId.get(`e-${one.number}`) ?? '', one, said)),
    ...otherKeys(page, said),
  ];
}

/** Names of rows that only an exhibit has. */
const OF_EXHIBITS = new Set(['State', 'Marked', 'Coded', 'Second-coded', 'Checked', 'Approved', 'Decided']);

function otherParts(parts: readonly Part[], { file: { exhibits }, keys }: Said): string[] {
  const listed = parts.filter(({ id, heading }) => id.startsWith('e-') || /^Exhibit\d/.test(heading));
  const isSame =
    listed.length === exhibits.length &&
    exhibits.every(
      ({ number, label = String(number) }, at) =>
        listed[at]?.id === `e-${number}` && listed[at].heading === plain(`Exhibit ${label}`),
    );
  const ids = parts.flatMap(({ id }) => (id === '' ? [] : [id]));
  const elsewhere = parts
    .filter(({ id }) => !id.startsWith('e-'))
    .some(({ html }) => rowsOf(html).some(([name]) => OF_EXHIBITS.has(name) && !keys.has(name)));
  return [
    ...(isSame && new Set(ids).size === ids.length
      ? []
      : ['The page has other exhibits than exhibits.json, or one of them twice.']),
    ...(elsewhere ? ['The page says outside of the exhibits who worked on them.'] : []),
  ];
}

function otherExhibit(html: string, exhibit: FolderExhibit, said: Said): string[] {
  const { number, label = String(number), people, state, translations } = exhibit;
  // A person may be called “Checked”. The row with their key is then named so, too.
  const rows = rowsOf(html).filter(([name, value]) => !said.keys.has(name) || !isKey(value));
  const values = (name: string): string =>
    rows.flatMap(([one, value]) => (one === name ? squeezed(value) : [])).join('\n');
  const known = shownState.safeParse(state).data;
  const coded = people?.coded.map(({ name, categories }) => `${name}: ${categories.join(', ') || 'no category'}`) ?? [];
  const areSame = (wanted: readonly (readonly [string, readonly string[]])[]): boolean =>
    wanted.every(([name, lines]) => values(name) === plain(lines.join('')));
  const arePeople = areSame([
    ['Marked', people === null ? [] : [people.marked.name]],
    ['Coded', people === null ? [] : coded.length === 0 ? [NOBODY] : coded],
    ['Checked', people === null ? [] : [people.checked?.name ?? NOBODY]],
    ['Approved', people === null ? [] : [people.approved?.name ?? NOBODY]],
  ]);
  const isState = areSame([['State', known === undefined ? [state] : [STATE_NAMES[known]]]]);
  const isOnce = !values('Second-coded').includes('\n');
  const bears = new Set(
    said.bearingOn(exhibit).map(({ claim, as }) => `${RELATION_WORDS[as]} claim ${claim.number}: ${claim.text}`),
  );
  return [
    ...(arePeople && isOnce ? [] : [`The page names others in exhibit ${label} than exhibits.json.`]),
    ...(isState && isCategories(values('Categories'), exhibit) && isPlain(html, rows, exhibit, said)
      ? []
      : [
          `The page says otherwise than exhibits.json how far exhibit ${label} is, or has rows that Sourcebook doesn’t write.`,
        ]),
    ...(areTranslations(html, translations)
      ? []
      : [`The page has other translations of exhibit ${label}, or by others.`]),
    ...(said.file.claims === undefined ||
    (isSet(linesOf(rows, 'For the claims'), [...bears].map(plain)) && isAgainst(html, exhibit, said))
      ? []
      : [`The page says otherwise than exhibits.json what bears on the claims of exhibit ${label}.`]),
  ];
}

/** Names of the rows of an exhibit, besides those of its document’s record. */
const ROWS = new Set([
  ...OF_EXHIBITS,
  'For the claims',
  'Categories',
  'Dimensions',
  'Kept',
  'Title',
  'File',
  'Copies',
  'SHA-256',
  'Not known',
  'Exhibits',
  'Limits',
  'Contradicts',
  'Memo',
]);

/** Whether an exhibit has only known rows, and only rows in the part that says who worked on it. */
function isPlain(html: string, rows: Rows, { document }: FolderExhibit, said: Said): boolean {
  const ofRecord = said.recordRows(document);
  const [head = '', ...parts] = html.split('<h3');
  const people = parts.find((part) => part.startsWith('><bdi>Coded and checked<')) ?? '';
  return (
    rows.every(([name]) => ROWS.has(name) || ofRecord.has(name) || said.keys.has(name)) &&
    ![head, people].some((part) => /<(?:p|table|ol|div|blockquote|h1)[ >]/.test(part))
  );
}

/** Whether a row lists the exhibit's category codes in order. Their names can’t be compared: no other file has them. */
function isCategories(value: string, { categories }: FolderExhibit): boolean {
  if (categories.length === 0) return value === 'none';
  let at = 0;
  return categories.every((code, nth) => {
    const wanted = `${nth === 0 ? '' : ';'}${plain(code)}`;
    const found = nth === 0 ? (value.startsWith(wanted) ? 0 : -1) : value.indexOf(wanted, at);
    at = found + wanted.length;
    return found >= 0 && !value.includes('\n');
  });
}

const TRANSLATION =
  /^([^<]*)<\/bdi><\/h3>\n<blockquote class="translation">(.*?)<\/blockquote>\n<p class="note">(.*?)<\/p>/s;

function areTranslations(html: string, translations: readonly Translation[]): boolean {
  const shown = html
    .split('<h3><bdi>')
    .slice(1)
    .filter((part) => part.startsWith('Translation, approved') || part.startsWith('Working translation'))
    .map((part) => (TRANSLATION.exec(part) ?? []).slice(1).map(squeezed));
  if (shown.length !== translations.length) return false;
  if (html.split('<blockquote class="translation">').length - 1 !== shown.length) return false;
  return translations.every(({ language, text, state, translator }, at) => {
    const name = state === 'approved' ? 'Translation, approved' : 'Working translation, not approved';
    const by = plain(`By ${translator.name}`);
    const after = state === 'checked' ? plain(', checked') : '';
    const [heading, words, note] = shown[at] ?? [];
    // No other file says whether a machine translated, so both forms are accepted.
    const isBy = note === by + after || note === by + plain(', by machine') + after;
    return heading === plain(`${name} (${language})`) && words === plain(text) && isBy;
  });
}

/** The rows of a part of the page that limit or contradict. */
const againstIn = (html: string): string[] =>
  rowsOf(html).flatMap(([name, value]) => {
    if (name !== 'Limits' && name !== 'Contradicts') return [];
    const lines = value.split('<br>');
    const words = lines[0]?.startsWith('<a href="#e-') === true ? squeezed(lines[0]) : '';
    return [rowKey(name, words, name === 'Limits' ? '' : squeezed(lines.at(-1) ?? ''))];
  });

function isAgainst(html: string, exhibit: FolderExhibit, said: Said): boolean {
  const [, after = ''] = html.split('<h3><bdi>What limits and contradicts it</bdi></h3>');
  const [part = ''] = after.split('<h3');
  const bearing = said.bearingOn(exhibit);
  const others = bearing.flatMap(({ claim }) => said.againstOf(claim, exhibit.passages));
  // Version 1 put a comma after the number.
  const itself = bearing.flatMap(({ claim: { number, text }, as }) =>
    as === 'supports'
      ? []
      : [
          [':', ','].map((mark) =>
            plain(`${as === 'limits' ? 'It limits' : 'It contradicts'} claim ${number}${mark} “${text}”`),
          ),
        ],
  );
  const isUnanswered = bearing.some(
    ({ claim, as }) => as === 'contradicts' && unansweredOf(claim, exhibit.passages) > 0,
  );
  const text = squeezed(part);
  return (
    isSet(againstIn(part), others) &&
    itself.every((forms) => forms.some((one) => text.includes(one))) &&
    (!isUnanswered || text.includes(plain('Nobody has answered it.')))
  );
}

const unansweredOf = ({ links }: Claim, on: readonly string[] | null = null): number =>
  links.filter(({ as, answer, passage }) => as === 'contradicts' && answer === '' && (on?.includes(passage) ?? true))
    .length;

/** Compares what a reader must see beside each claim: what limits or contradicts it, and whether that was answered. */
function otherBearings(page: string, parts: ReadonlyMap<string, string>, said: Said): string[] {
  const all = Map.groupBy((parts.get('claims') ?? '').split('<h3').slice(1), (part) =>
    squeezed(`<h3${part.split('</h3>', 1)[0] ?? ''}`),
  );
  const front = squeezed(page.slice(0, page.indexOf('<h2')));
  const contents = squeezed(parts.get('contents') ?? '');
  return said.claims.flatMap((claim) => {
    const [own, ...more] = all.get(plain(`Claim ${claim.number}. ${claim.text}`)) ?? [];
    // A missing claim is reported with its heading.
    if (own === undefined) return [];
    return more.length === 0 && isBearing(own, claim, { front, contents }, said)
      ? []
      : [
          `The page says otherwise than exhibits.json what limits or contradicts claim ${claim.number}, or whether that was answered.`,
        ];
  });
}

interface Around {
  readonly front: string;
  readonly contents: string;
}
function isBearing(own: string, claim: Claim, { front, contents }: Around, said: Said): boolean {
  const { number, text, links } = claim;
  const count = (as: Bearing['as']): number => links.filter((one) => one.as === as).length;
  const isCounted = (['supports', 'limits', 'contradicts'] as const).every(
    (as, at) =>
      count(as) === 0 ||
      !['no passage', '0 passages'].some((none) =>
        squeezed(own).includes(plain(`${['Supported', 'limited', 'contradicted'][at] ?? ''} by ${none}`)),
      ),
  );
  const open = unansweredOf(claim);
  const warning = plain(
    `Claim ${number}, “${text}”: ${counted(open, 'contradiction')} of it ${open === 1 ? 'is' : 'are'} not answered.`,
  );
  const caption = plain(`Claim ${number}: ${text}`);
  const isSaid =
    open === 0 ||
    (front.includes(warning) &&
      squeezed(own).includes(warning) &&
      (!contents.includes(caption) || contents.includes(`${caption}${plain(' (contradicted, not answered')}`)));
  return isSet(againstIn(own), said.againstOf(claim)) && isCounted && isSaid;
}

const isKey = (value: string): boolean =>
  value.startsWith('<code>') || squeezed(value).startsWith(plain('no key to compare'));

/** Names whose fingerprint on the page differs from exhibits.json: people compare the fingerprints that they read. */
const otherKeys = (page: string, { keys }: Said): string[] =>
  rowsOf(page).flatMap(([name, value]) => {
    const known = keys.get(name);
    if (known === undefined || !isKey(value)) return [];
    const shown = /^<code><bdi>([^<]*)<\/bdi><\/code>/.exec(value)?.[1] ?? null;
    return known.has(shown) ? [] : [`The page has another key of ${name} than exhibits.json.`];
  });

const linesOf = (rows: Rows, name: string): string[] =>
  rows.flatMap(([one, value]) => (one === name ? value.split('<br>').map(squeezed) : []));

const isSet = (some: readonly string[], others: readonly string[]): boolean => {
  const [one, other] = [new Set(some), new Set(others)];
  return one.size === other.size && [...one].every((each) => other.has(each));
};
