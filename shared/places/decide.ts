import type { Candidate, Forms, Unit } from './forms.ts';
import type { Mention, Scanned } from './scan.ts';
import { arePrefectures, countedAfter, typesAfter, typesBefore, typesShared, type UnitTypes } from './words.ts';

/** What a mention means: one place, sure or not, or several among which a person chooses. */
export interface Meaning {
  readonly places: readonly string[];
  readonly sure: boolean;
  /** What decided between several places, if it was not the text around the name. */
  readonly helped: Help | null;
}

/** What decided: the text’s date, the record of its source, other passages of the source, or a person. */
export type Help = 'date' | 'publisher' | 'title' | 'passages' | 'person';

/** Facts about a text that its words do not give. */
export interface TextContext {
  /** The year of the document, since names have passed from one unit to another. */
  readonly year: number | null;
  /** Places that the source’s publisher, title and other passages name, in this order. */
  readonly around?: readonly { readonly by: Help; readonly places: readonly string[] }[];
  /** The place that a person chose for a name here, by its folded form; null: no place. */
  readonly decided?: ReadonlyMap<string, string | null>;
}

/** Reads the names of one text, and decides what each means, or that a person has to. */
export class Decider {
  private readonly folded: string;
  private readonly mentions: readonly Mention[];
  private readonly units: ReadonlyMap<string, Unit>;
  private readonly context: TextContext;
  /** Places that some name of the text means without any context. */
  private readonly plain = new Set<string>();
  /** Descendants are the same for every mention of a name, and are looked up for each. */
  private readonly descended = new Map<readonly Candidate[], string | null>();
  private readonly inXinjiang: boolean;
  private readonly ofXpcc: boolean;

  constructor({ folded, mentions }: Scanned, { units }: Forms, context: TextContext) {
    this.folded = folded;
    this.mentions = mentions;
    this.units = units;
    this.context = context;
    for (const { form, isUnsure } of mentions) {
      const [only, ...others] = form.candidates;
      if (form.use === 'plain' && !isUnsure && only !== undefined && others.length === 0 && only.confidence !== 'low')
        this.plain.add(only.place);
    }
    // A name that several places of Xinjiang share also shows that the text is about Xinjiang.
    const isThere = (place: string): boolean => this.isWithin(place, 'cn-xinjiang') || place === 'cn-xinjiang';
    this.inXinjiang =
      mentions.some(({ form }) => form.use === 'plain' && form.candidates.every(({ place }) => isThere(place))) ||
      (context.around ?? []).some(({ places }) => places.length > 0 && places.every(isThere));
    this.ofXpcc =
      [...this.plain].some(
        (place) => place === 'xpcc' || this.units.get(place)?.body === true || this.cityOfDivision(place),
      ) || /(?<![第\d一二三四五六七八九十])兵团|团场/u.test(folded);
  }

  /** Returns the meaning of a mention; null if no place is meant. */
  meaning(at: number): Meaning | null {
    const mention = this.mentions[at];
    if (mention === undefined) return null;
    const { form, isUnsure } = mention;
    const all = form.candidates;
    const decided = this.context.decided?.get(form.text);
    if (decided !== undefined) return decided === null ? null : { places: [decided], sure: true, helped: 'person' };
    if (form.use === 'context') {
      const place = this.inContext(at, all);
      return place === null ? null : { places: [place], sure: this.isReliable(all, place) && !isUnsure, helped: null };
    }
    if (form.use === 'region') return this.region(all);
    const [first, ...others] = all;
    if (first === undefined) return null;
    if (form.use === 'body' && others.length === 0) return this.body(mention, first);
    const inText = others.length === 0 ? first.place : this.chosen(at, all);
    const listed = inText === null ? this.bySibling(at, all) : null;
    const dated = inText === null && listed === null ? this.byDate(at, all) : null;
    const place = inText ?? listed ?? dated ?? this.byDescendants(all);
    if (place === null) return this.byRecord(all) ?? { places: form.places, sure: false, helped: null };
    const softly = form.use === 'soft' && !this.inXinjiang;
    const likely = listed !== null && this.siblings(at, MOST_IN_LIST).length < 2;
    const sure = this.isReliable(all, place) && !isUnsure && !softly && !likely;
    return { places: [place], sure, helped: dated === null ? null : 'date' };
  }

  /**
   * Decides by the source’s record and other passages: for the candidate they name, else for the one inside a place they name. Such a result
   * is likely and never sure, since a newspaper of the prefecture writes about its city too.
   */
  private byRecord(all: readonly Candidate[]): Meaning | null {
    for (const { by, places } of this.context.around ?? []) {
      const same = only(all.filter(({ place }) => places.includes(place)));
      const inside = only(all.filter(({ place }) => places.some((outer) => this.isWithin(place, outer))));
      const place = same ?? inside;
      if (place !== null) return { places: [place], sure: false, helped: by };
    }
    return null;
  }

  private isReliable(all: readonly Candidate[], place: string): boolean {
    return all.find((one) => one.place === place)?.confidence !== 'low';
  }

  /** A body of the XPCC. Outside a text about it, divisions and corps belong to an army. */
  private body({ to }: Mention, { place, confidence }: Candidate): Meaning | null {
    if (place === 'xpcc') {
      const own = this.inXinjiang || /^(?:各?师|团场|连队|职工|党委|城市)/u.test(this.after(to));
      return { places: [place], sure: own && confidence !== 'low', helped: null };
    }
    if (!this.ofXpcc)
      return this.inXinjiang || REGIMENT.test(this.after(to)) ? { places: [place], sure: false, helped: null } : null;
    return { places: [place], sure: confidence !== 'low', helped: null };
  }

  /** 自治区 (“autonomous region”) alone means Xinjiang in a text about Xinjiang that names no other region. */
  private region(all: readonly Candidate[]): Meaning | null {
    const others = [...this.plain].some(
      (place) => place !== 'cn-xinjiang' && this.units.get(place)?.type === 'autonomous_region',
    );
    if (!this.inXinjiang || others) return null;
    return { places: all.map(({ place }) => place), sure: false, helped: null };
  }

  /** The only candidate that nearby words support. */
  private chosen(at: number, all: readonly Candidate[]): string | null {
    return this.byGloss(at, all) ?? this.byWord(at, all) ?? this.byNeighbour(at, all);
  }

  private after(to: number): string {
    return this.folded.slice(to, to + 24);
  }
  private before(from: number): string {
    return this.folded.slice(Math.max(0, from - 24), from);
  }
  private between(left: Mention | undefined, right: Mention | undefined): string | null {
    if (left === undefined || right === undefined || right.from - left.to > LONGEST_GAP) return null;
    return this.folded.slice(left.to, right.from);
  }

  /** Decides by the same place named again in brackets: Hotan (和田地区, “Hotan Prefecture”). */
  private byGloss(at: number, all: readonly Candidate[]): string | null {
    const self = this.mentions[at];
    const glosses = [this.mentions[at + 1], this.mentions[at - 1]].filter((other) => {
      if (self === undefined || other === undefined) return false;
      const [left, right] = other.from > self.from ? [self, other] : [other, self];
      if (!this.folded.startsWith('(', left.to) && !this.folded.startsWith(' (', left.to)) return false;
      return /^ ?\($/u.test(this.between(left, right) ?? '') && /^ ?[),;]/u.test(this.after(right.to));
    });
    return only(
      glosses.flatMap((other) =>
        all.filter(({ place }) => other?.form.candidates.some((one) => one.place === place) === true),
      ),
    );
  }

  /**
   * Decides by a word beside the name that gives the kind of unit: 和田行署 (“Hotan Prefecture Office”), the city of Hotan, خوتەن شەھەرلىك (“of
   * Hotan City”).
   */
  private byWord(at: number, all: readonly Candidate[]): string | null {
    const self = this.mentions[at];
    if (self === undefined) return null;
    const types =
      typesAfter(this.after(self.to)) ??
      (this.folded.endsWith(' of ', self.from) ? typesBefore(this.before(self.from)) : null) ??
      this.typesCounted(at) ??
      this.typesOfList(at);
    return types === null
      ? null
      : only(all.filter(({ place }) => types.includes(this.units.get(place)?.type ?? 'added')));
  }

  /** The kind of unit that a list gives once, at its end: Hotan and Kashgar prefectures, 喀什、和田地区 (“Kashgar and Hotan prefectures”). */
  private typesOfList(at: number): UnitTypes | null {
    for (let next = at + 1; next <= at + MOST_IN_LIST; next++) {
      const gap = this.between(this.mentions[next - 1], this.mentions[next]);
      if (gap === null || !LIST.test(gap)) return null;
      const last = this.mentions[next];
      if (last === undefined) return null;
      const shared = typesShared(this.after(last.to)) ?? this.typesCounted(next);
      if (shared !== null) return shared;
      if (last.form.text.endsWith('地区') || arePrefectures(this.after(last.to))) return ['prefecture'];
    }
    return null;
  }

  /**
   * The kind of unit at the end of a list that counts its members: 和田、喀什、克州三地州 (“the three prefectures Hotan, Kashgar and Kizilsu”), 伊宁、霍城等三县
   * (“three counties such as Yining and Huocheng”). If more units are counted than are named, the count may not be of them: five counties
   * after two names are not those two.
   */
  private typesCounted(last: number): UnitTypes | null {
    const counted = countedAfter(this.after(this.mentions[last]?.to ?? this.folded.length));
    if (counted === null) return null;
    let first = last;
    while (LIST.test(this.between(this.mentions[first - 1], this.mentions[first]) ?? '')) first--;
    const size = last - first + 1;
    const fits = counted.more ? size <= counted.count : size === counted.count;
    return size > 1 && fits ? counted.types : null;
  }

  /** Decides by the superior or a subordinate unit directly beside the name: 和田墨玉县 (“Karakash County, Hotan”), Yutian County, Hebei. */
  private byNeighbour(at: number, all: readonly Candidate[]): string | null {
    const found = this.neighbours(at).map(([other, inside]) => {
      const places = other.form.candidates.map(({ place }) => place);
      return all.filter(({ place }) =>
        places.some((one) => one !== place && (inside ? this.isWithin(one, place) : this.isWithin(place, one))),
      );
    });
    // A neighbour that fits all candidates (新疆, “Xinjiang”, before 和田, “Hotan”) decides nothing, but does not contradict the other neighbour.
    return only(found.filter(({ length }) => length < all.length).flat());
  }

  /** Neighbours that may be a superior or a subordinate unit; `true` if the neighbour would be inside the place of this mention. */
  private neighbours(at: number): [Mention, boolean][] {
    const self = this.mentions[at];
    const left = this.mentions[at - 1];
    const right = this.mentions[at + 1];
    const found: [Mention, boolean][] = [];
    const from = this.between(left, self);
    if (left !== undefined && from !== null) {
      if (/^(?:的|'s |辖)?$/u.test(from)) found.push([left, false]);
      if (INSIDE.test(from) && !this.isListed(at)) found.push([left, true]);
    }
    const to = this.between(self, right);
    if (right !== undefined && to !== null) {
      if (/^(?:的|'s |辖)?$/u.test(to)) found.push([right, true]);
      if (INSIDE.test(to) && !this.isListed(at + 1)) found.push([right, false]);
    }
    return found;
  }

  /** Whether a mention is in a list, and not a county before its prefecture: “and Turpan” follows “Yiwu, Hami”. */
  private isListed(at: number): boolean {
    const self = this.mentions[at];
    const next = this.mentions[at + 1];
    const gap = this.between(self, next);
    if (self === undefined || next === undefined || gap === null || !LIST.test(gap)) return false;
    if (gap !== ',') return true;
    const outer = next.form.candidates.map(({ place }) => place);
    return !self.form.candidates.some(({ place }) => outer.some((one) => this.isWithin(place, one)));
  }

  /**
   * Decides by counties of the same prefecture in one list: Lop, Qira and Yutian. One county only makes it likely, since a county of another
   * province can stand beside it. `reach`: how far along the list to look.
   */
  private bySibling(at: number, all: readonly Candidate[], reach = 1): string | null {
    const groups = new Set(this.siblings(at, reach));
    groups.delete('');
    return only(all.filter(({ place }) => groups.has(this.groupOf(place))));
  }
  /** The groups of the unambiguous places in one list with this one. */
  private siblings(at: number, reach: number): string[] {
    const groups: string[] = [];
    for (const step of [-1, 1]) {
      for (let other = at + step; Math.abs(other - at) <= reach; other += step) {
        const gap = this.between(
          this.mentions[Math.min(other, other - step)],
          this.mentions[Math.max(other, other - step)],
        );
        if (gap === null || !LIST.test(gap)) break;
        const { candidates = [], use } = this.mentions[other]?.form ?? {};
        const [first, ...others] = candidates;
        if (first !== undefined && others.length === 0 && (use === 'plain' || use === 'soft'))
          groups.push(this.groupOf(first.place));
      }
    }
    return groups;
  }
  /** The group of a unit that may be listed together: the counties of its prefecture, or the other cities of the XPCC. Empty for all other units. */
  private groupOf(place: string): string {
    const parent = this.units.get(place)?.parent ?? '';
    if (this.units.get(parent)?.level === 'prefecture') return parent;
    return this.cityOfDivision(place) ? 'xpcc' : '';
  }

  /** Decides a name that passed from one unit to another by the date of the document: 吐鲁番市 (“Turpan City”) before and after 2015. */
  private byDate(at: number, all: readonly Candidate[]): string | null {
    const { year } = this.context;
    const self = this.mentions[at];
    if (year === null || self === undefined || !all.some(({ former }) => former)) return null;
    const stated = [
      ...this.folded.slice(Math.max(0, self.from - 40), self.to + 40).matchAll(/(?<!\d)(?:19|20)\d\d(?!\d)/gu),
    ];
    const years = [year, ...stated.map(([one]) => Number(one))];
    const valid = years.map((one) => only(all.filter((candidate) => this.wasCalled(candidate, self.form.text, one))));
    const [first = null] = valid;
    return valid.every((one) => one === first) ? first : null;
  }

  /** Whether a unit had this name in that whole year, or may have had it. */
  private wasCalled({ place, former }: Candidate, name: string, year: number): boolean {
    const unit = this.units.get(place);
    if (unit === undefined) return true;
    if (unit.formerly.some((one) => one.name === name && one.from <= year && year <= one.to)) return true;
    return !former && (unit.since === null || year >= unit.since);
  }

  /**
   * Decides between units of different provinces: the text names a place inside one of them, and neither another candidate nor anything in
   * another candidate’s province. Example: 巴州 (“Bazhou”) in a text that names 库尔勒 (“Korla”).
   */
  private byDescendants(all: readonly Candidate[]): string | null {
    const known = this.descended.get(all);
    if (known !== undefined) return known;
    const found = this.fromDescendants(all);
    this.descended.set(all, found);
    return found;
  }
  private fromDescendants(all: readonly Candidate[]): string | null {
    const provinces = all.map(({ place }) => this.provinceOf(place));
    if (new Set(provinces).size < all.length) return null;
    const rivals = (place: string): boolean =>
      [...this.plain].some((one) =>
        all.some(
          (other, index) =>
            other.place !== place && (one === provinces[index] || this.isWithin(one, provinces[index] ?? '')),
        ),
      );
    return only(all.filter(({ place }) => [...this.plain].some((one) => this.isWithin(one, place)) && !rivals(place)));
  }

  /** The candidate whose prefecture stands before the name, or that is in a list with its neighbours. */
  private inContext(at: number, all: readonly Candidate[]): string | null {
    const near = this.neighbours(at).flatMap(([other, inside]) => {
      const close = other.form.candidates.filter(({ place }) => this.units.get(place)?.level === 'prefecture');
      return inside ? [] : all.filter(({ place }) => close.some((one) => this.isWithin(place, one.place)));
    });
    return only(near) ?? this.bySibling(at, all, MOST_IN_LIST);
  }

  private cityOfDivision(place: string): boolean {
    return this.units.get(place)?.ofDivision === true;
  }
  private isWithin(place: string, outer: string): boolean {
    return this.units.get(place)?.within.has(outer) === true;
  }
  private provinceOf(place: string): string {
    const above = [place, ...(this.units.get(place)?.within ?? [])];
    return above.find((one) => this.units.get(one)?.level === 'province') ?? place;
  }
}

/** A regiment of the XPCC behind its division, without 第: 第七师一二三团 (“123rd Regiment, 7th Division”). */
const REGIMENT = /^[〇零一二三四五六七八九十百\d]{2,5}团/u;
const MOST_IN_LIST = 6;
/** The length of the longest text that may stand between a name and its neighbour: `, in the `. */
const LONGEST_GAP = 9;

/** The single place of the candidates; null if they differ. */
function only(candidates: readonly Candidate[]): string | null {
  const [first, ...others] = new Set(candidates.map(({ place }) => place));
  return first === undefined || others.length > 0 ? null : first;
}

/** Words from a unit to the unit that contains it: `, `, ` in `, ` of `. Folding has removed the spaces beside punctuation. */
const INSIDE = /^(?:,|,? ?(?:in|of) (?:the )?|\()$/u;
const LIST = /^(?:[、,和与及]|、?(?:和|与|及|以及)| and | or |, ?(?:and|or) | ?& ?|، ?| ۋە )$/u;
