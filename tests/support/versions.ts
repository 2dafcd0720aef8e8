import { type Seeded, seeded } from './seeded.ts';

/** A character with its identity: characters of two texts with the same id are the same one, or copies of it. */
export interface Char {
  readonly id: number;
  readonly text: string;
  /** 0 for the original. */
  readonly copy: number;
}
export type Paragraph = readonly Char[];

const HAN =
  '的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装';
const SYLLABLES = {
  english: 'la bour trans fer coun ty vil lage con tract mi ne sea son al po'.split(' '),
  uyghur: ['ئىش', 'چى', 'يې', 'زا', 'ئەم', 'گەك', 'كۈ', 'يۆت', 'كەش', 'تەر', 'بى', 'نا', 'ھى', 'يە', 'دوك', 'لات'],
};
const ODD = ['😀', '👩‍🌾', 'é', 'e\u0301', '𠮷'];

/** An older text, a newer one made of it by random edits, and which characters are the same in both. */
export class RandomVersions {
  readonly random: Seeded;
  readonly older: readonly Paragraph[];
  readonly newer: readonly Paragraph[];
  copies = 0;
  private next = 1;

  constructor(seed: number) {
    this.random = seeded(seed);
    const { random } = this;
    const script = random.pick(['han', 'english', 'uyghur'] as const);
    const boilerplate = this.paragraph(script);
    this.older = Array.from({ length: random.int(1, 40) }, () =>
      random.chance(0.08) ? this.copied(boilerplate) : this.paragraph(script),
    );
    let newer: Paragraph[] = [...this.older];
    const edits = random.int(0, 12);
    for (let n = 0; n < edits; n++) newer = this.edited(newer, script);
    this.newer = newer;
  }

  private char(text: string): Char {
    return { id: this.next++, text, copy: 0 };
  }
  private copied(paragraph: Paragraph): Paragraph {
    this.copies++;
    return paragraph.map((one) => ({ ...one, copy: this.copies }));
  }
  private words(script: 'han' | 'english' | 'uyghur', count: number): string[] {
    const { random } = this;
    const syllables = (of: 'english' | 'uyghur'): string =>
      Array.from({ length: random.int(1, 4) }, () => random.pick(SYLLABLES[of])).join('');
    const word = (): string[] => {
      if (random.chance(0.02)) return [random.pick(ODD)];
      if (random.chance(0.05)) return [...String(random.int(1, 20_000))];
      return script === 'han' ? [HAN.charAt(random.int(0, HAN.length - 1))] : [...syllables(script), ' '];
    };
    return Array.from({ length: count }, word).flat();
  }
  private paragraph(script: 'han' | 'english' | 'uyghur'): Paragraph {
    const count = script === 'han' ? this.random.int(3, 120) : this.random.int(2, 30);
    return [...this.words(script, count), '\n'].map((text) => this.char(text));
  }

  private edited(before: readonly Paragraph[], script: 'han' | 'english' | 'uyghur'): Paragraph[] {
    const { random } = this;
    const paragraphs = [...before];
    const at = random.int(0, Math.max(0, paragraphs.length - 1));
    const chosen = paragraphs[at] ?? [];
    switch (random.int(0, 6)) {
      case 0:
        paragraphs.splice(at, random.int(1, 3));
        break;
      case 1:
        paragraphs.splice(at, 0, this.paragraph(script));
        break;
      case 2:
        paragraphs.splice(at, 1);
        paragraphs.splice(random.int(0, paragraphs.length), 0, chosen);
        break;
      case 3:
        paragraphs.splice(at, 0, this.copied(chosen));
        break;
      case 4: {
        // Lines are broken elsewhere; no words change.
        const broken = chosen.flatMap((one) =>
          one.text === ' ' ? [this.char(random.pick([' ', '\n', '  ']))] : [one],
        );
        paragraphs.splice(at, 1, broken);
        break;
      }
      default: {
        const from = random.int(0, chosen.length);
        const put = random.chance(0.7) ? this.words(script, random.int(1, 6)).map((text) => this.char(text)) : [];
        paragraphs.splice(at, 1, chosen.toSpliced(from, random.int(0, 10), ...put));
      }
    }
    return paragraphs;
  }
}

export const textOf = (paragraphs: readonly Paragraph[]): string =>
  paragraphs.map((one) => one.map(({ text }) => text).join('')).join('');

/** Where each character of a list begins, and where the last one ends. */
export function offsetsOf(chars: readonly Char[]): number[] {
  const offsets = [0];
  for (const { text } of chars) offsets.push((offsets.at(-1) ?? 0) + text.length);
  return offsets;
}

/**
 * Where each character begins, by its id, in UTF-16 code units: that of the numbered copy, else (unless `only`) of another
 * copy.
 */
export function placesOf(paragraphs: readonly Paragraph[], copy: number, only: boolean): Map<number, number> {
  const places = new Map<number, number>();
  const isCopy = new Set<number>();
  let at = 0;
  for (const { id, text, copy: own } of paragraphs.flat()) {
    if (own === copy || (!only && !isCopy.has(id) && (own === 0 || !places.has(id)))) places.set(id, at);
    if (own === copy) isCopy.add(id);
    at += text.length;
  }
  return places;
}
