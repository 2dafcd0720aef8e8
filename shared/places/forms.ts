import { foldForSearch } from '../text/search-fold.ts';
import type { Added, Confidence, Gazetteer, Place, PlaceName, PlaceType } from './gazetteer.ts';
import { MORE_NAMES } from './more-names.ts';
import { CAPITALISED, type Guard, guardOf, ONLY_IN_CONTEXT, SURE_IN_XINJIANG } from './words.ts';

/** A place that a name can mean, with the gazetteer’s facts about this name. */
export interface Candidate {
  readonly place: string;
  readonly confidence: Confidence;
  readonly former: boolean;
}
/**
 * When a name counts. `plain`: always. `soft`: sure only in a text that names other places of Xinjiang. `context`: only beside its prefecture,
 * or in a list with its neighbours. `body`: a body of the XPCC, only in a text about it. `region`: 自治区 (“autonomous region”).
 */
export type Use = 'plain' | 'soft' | 'context' | 'body' | 'region';
export interface Form {
  readonly text: string;
  readonly use: Use;
  /** Whether it lacks an administrative word: 和田 (“Hotan”), not 和田县 (“Hotan County”). */
  readonly bare: boolean;
  /** Empty for words that read like a place and are none. */
  readonly candidates: readonly Candidate[];
  /** The ids of all candidates, sorted. */
  readonly places: readonly string[];
  /** Conditions for a name that is part of other words. */
  readonly guard: Guard | null;
  /** Whether a capital is required, since the Latin name is a word in lower case. */
  readonly capitalised: boolean;
  /** Whether it is a Uyghur form with a changed last vowel, which an ending must follow. */
  readonly inflected: boolean;
  /** Whether it is Uyghur in Latin script, which case endings may follow. */
  readonly uyghurLatin: boolean;
}
export interface Node {
  readonly next: Map<number, Node>;
  form: Form | null;
}

/** The facts about a unit that the rules need. */
export interface Unit {
  readonly type: PlaceType | 'added';
  readonly level: Place['level'] | 'added';
  readonly parent: string | null;
  /** All units that contain it, from its parent upwards. */
  readonly within: ReadonlySet<string>;
  readonly body: boolean;
  /** A city that a division of the XPCC runs. */
  readonly ofDivision: boolean;
  readonly since: number | null;
  readonly formerly: readonly { readonly name: string; readonly from: number; readonly to: number }[];
}

/** All names as one tree of characters, and the places they lead to. */
export interface Forms {
  readonly root: Node;
  readonly units: ReadonlyMap<string, Unit>;
}

const RANK: Readonly<Record<Confidence, number>> = { high: 2, medium: 1, low: 0 };
const BARE: ReadonlySet<PlaceName['kind']> = new Set(['bare', 'short', 'variant', 'former', 'pinyin']);
const UNIT_WORD =
  /(?:[省市县区州盟师国]|地区|兵团| (?:city|county|prefecture|district|municipality|province|region|autonomous [a-z ]+|diqu|xian|shi|qu|zhou))$/u;
const isLatin = (text: string): boolean => /^[a-z]/.test(text);
const isArabic = (text: string): boolean => /^\p{sc=Arab}/u.test(text);

interface Draft {
  candidates: Candidate[];
  bare: boolean;
  needsContext: boolean;
  isNone: boolean;
  uyghurLatin: boolean;
  /** Whether the name is known only from a list of earlier codes. */
  isEarlier: boolean;
}

/** Collects the forms of the gazetteer and of the team's own names, folded as a text is. */
export function formsOf(gazetteer: Gazetteer, added: Added): Forms {
  const cities = new Set(gazetteer.places.flatMap(({ city = [] }) => city));
  const parents = new Map([...gazetteer.places, ...added.places].map(({ id, parent }) => [id, parent]));
  const units = new Map<string, Unit>(gazetteer.places.map((place) => [place.id, unitOf(place, parents, cities)]));
  for (const { id, parent } of added.places) units.set(id, { ...OWN, parent, within: unitsAround(id, parents) });
  const drafts = new Map<string, Draft>();
  const draft = (text: string): Draft => {
    const folded = foldForSearch(text).text;
    const known = drafts.get(folded) ?? {
      candidates: [],
      bare: false,
      needsContext: true,
      isNone: false,
      uyghurLatin: false,
      isEarlier: false,
    };
    drafts.set(folded, known);
    return known;
  };
  for (const { id, names } of gazetteer.places) {
    // One character (京, “Beijing”; 新, “Xinjiang”) is part of thousands of words. Joined names (京和, “Beijing and Hotan”) are listed separately.
    for (const name of names) if (name.text.length > 1) addName(draft(name.text), id, name);
  }
  for (const place of gazetteer.places) {
    for (const text of earlierNames(place)) {
      const former = draft(text);
      if (former.candidates.length > 0 && !former.isEarlier) continue;
      former.isEarlier = true;
      former.needsContext = false;
      former.candidates = withCandidate(former.candidates, { place: place.id, confidence: 'high', former: true });
    }
  }
  for (const { place, text, confidence } of MORE_NAMES) {
    const one = draft(text);
    one.needsContext = false;
    one.candidates = withCandidate(one.candidates, { place, confidence, former: false });
  }
  for (const { place, text } of added.names) {
    const one = draft(text);
    one.needsContext = false;
    one.candidates = withCandidate(one.candidates, { place, confidence: 'high', former: false });
  }
  for (const { text } of gazetteer.nonPlaces) draft(text).isNone = true;
  for (const { name } of gazetteer.townshipHomonyms) draft(name).isNone = true;
  const root: Node = { next: new Map(), form: null };
  for (const [text, one] of drafts) addForm(root, text, one, units);
  return { root, units };
}

/** Names under earlier codes that no unit has today: 吐鲁番地区, with Turpan Prefecture and تۇرپان ۋىلايىتى. */
function earlierNames({ formerCodes, names }: Place): string[] {
  const bare = names.filter(({ lang, kind, text }) => lang !== 'zh-Hans' && kind !== 'former' && !/[ (]/.test(text));
  const called = (suffix: string, words: EarlierWords): string[] =>
    formerCodes.some(({ name }) => name.endsWith(suffix))
      ? bare.flatMap(({ lang, text }) => (words[lang] === undefined ? [] : [`${text} ${words[lang]}`]))
      : [];
  return [
    ...formerCodes.map(({ name }) => name),
    ...called('地区', { en: 'Prefecture', 'ug-Arab': 'ۋىلايىتى', 'ug-Latn': 'wilayiti' }),
    // Also for an autonomous county, whose name ends in 县 (“county”) today.
    ...(names.some(({ kind, text }) => kind === 'official' && text.endsWith('市'))
      ? called('县', { en: 'County', 'ug-Arab': 'ناھىيىسى', 'ug-Latn': 'nahiyisi' })
      : []),
  ];
}
type EarlierWords = Readonly<Partial<Record<PlaceName['lang'], string>>>;

/** The team’s own places, about which nothing else is known. */
const OWN = { type: 'added', level: 'added', body: false, ofDivision: false, since: null, formerly: [] } as const;

/** All units that contain a place. A merge of two people’s places can make a circle, which is followed once. */
function unitsAround(id: string, parents: ReadonlyMap<string, string | null>): Set<string> {
  const found = new Set<string>();
  for (let one = parents.get(id) ?? null; one !== null && !found.has(one) && one !== id; one = parents.get(one) ?? null)
    found.add(one);
  return found;
}

function unitOf(place: Place, parents: ReadonlyMap<string, string | null>, cities: ReadonlySet<string>): Unit {
  return {
    within: unitsAround(place.id, parents),
    type: place.type,
    level: place.level,
    parent: place.parent,
    body: place.isPlace === false,
    ofDivision: cities.has(place.id),
    since: place.codeSince?.year ?? null,
    formerly: place.formerCodes.map(({ name, from, to }) => ({ name: foldForSearch(name).text, from, to })),
  };
}

function addName(draft: Draft, place: string, name: PlaceName): void {
  draft.bare ||= BARE.has(name.kind);
  draft.uyghurLatin ||= UYGHUR_IN_LATIN(place, name);
  draft.needsContext &&= name.needsContext === true;
  draft.candidates = withCandidate(draft.candidates, {
    place,
    confidence: name.confidence,
    former: name.kind === 'former',
  });
}

/** Whether a name is Uyghur in Latin script, as many English names are (Korla). Pinyin and whole English names are not. */
const UYGHUR_IN_LATIN = (place: string, { lang, text }: PlaceName): boolean =>
  lang === 'ug-Latn' || (lang === 'en' && place.startsWith('xj-') && !/[ (]/.test(text));

/** Keeps one candidate for each place: the surest of its names that fold to this form. */
function withCandidate(before: readonly Candidate[], added: Candidate): Candidate[] {
  const same = before.find(({ place }) => place === added.place);
  if (same !== undefined && RANK[same.confidence] >= RANK[added.confidence]) return [...before];
  return [...before.filter(({ place }) => place !== added.place), added];
}

function addForm(root: Node, text: string, draft: Draft, units: ReadonlyMap<string, Unit>): void {
  // A list of words that are no places overrides bare names but not whole ones: Manas, not Manas County.
  const needsContext = ONLY_IN_CONTEXT.has(text);
  const candidates = draft.isNone && !needsContext ? [] : draft.candidates;
  const letters = text.replaceAll(/\P{L}/gu, '').length;
  const form: Form = {
    text,
    candidates,
    places: candidates.map(({ place }) => place).toSorted(),
    use: howUsed(text, draft, units),
    guard: guardOf(text),
    bare: draft.bare && !UNIT_WORD.test(text),
    capitalised: isLatin(text) && (letters <= 4 || CAPITALISED.has(text)),
    inflected: false,
    uyghurLatin: draft.uyghurLatin && letters >= 4,
  };
  put(root, text, form);
  const last = text.at(-1) ?? '';
  if (isArabic(text) && (last === 'ه' || last === 'ا') && candidates.length > 0)
    put(root, `${text.slice(0, -1)}ي`, { ...form, inflected: true });
}

function howUsed(text: string, draft: Draft, units: ReadonlyMap<string, Unit>): Use {
  if (text === '自治区') return 'region';
  if (ONLY_IN_CONTEXT.has(text)) return 'context';
  if (SURE_IN_XINJIANG.has(text)) return 'soft';
  if (!draft.needsContext || draft.candidates.length === 0) return 'plain';
  return draft.candidates.every(({ place }) => units.get(place)?.body === true) ? 'body' : 'context';
}

function put(root: Node, text: string, form: Form): void {
  let node = root;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    let next = node.next.get(code);
    if (next === undefined) {
      next = { next: new Map(), form: null };
      node.next.set(code, next);
    }
    node = next;
  }
  // A form of its own comes before the inflection of another.
  if (node.form === null || (node.form.inflected && !form.inflected)) node.form = form;
}
