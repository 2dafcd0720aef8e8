import { Decider, type Help, type TextContext } from './decide.ts';
import { formsOf, type Forms, type Node } from './forms.ts';
import type { Added, Gazetteer } from './gazetteer.ts';
import { scan } from './scan.ts';

/** A name of a place in a text. */
export interface FoundPlace {
  /** UTF-16 code units in the text. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** The place meant, or likely meant; null if a person has to choose among `asks`. */
  readonly place: string | null;
  /** False also if the name rests on weak sources, or the meaning is likely but not certain. */
  readonly sure: boolean;
  readonly asks: readonly string[];
  /** What decided between several places, if it was not the text around the name. */
  readonly helped: Help | null;
}

export interface PlaceFinder {
  find(text: string, context: TextContext): FoundPlace[];
  /** The names that may mean one of these places, folded as texts are. Endings may follow some names. */
  names(places: ReadonlySet<string>): string[];
}

/**
 * Finds the names of a gazetteer and of a team in texts. Built once for many texts. Measured: 10 MB of Chinese, English or Uyghur take two to
 * four seconds of processor time; 10 MB of ambiguous names take six.
 */
export function placeFinder(gazetteer: Gazetteer, added: Added = { names: [], places: [] }): PlaceFinder {
  const forms = formsOf(gazetteer, added);
  return {
    find: (text, context) => findIn(text, forms, context),
    names: (places) => namesBelow(forms.root, '', places),
  };
}

function namesBelow({ form, next }: Node, text: string, places: ReadonlySet<string>): string[] {
  const own = form?.places.some((place) => places.has(place)) === true ? [text] : [];
  return [
    ...own,
    ...Array.from(next, ([code, node]) => namesBelow(node, text + String.fromCharCode(code), places)).flat(),
  ];
}

function findIn(text: string, forms: Forms, context: TextContext): FoundPlace[] {
  const scanned = scan(text, forms);
  const decider = new Decider(scanned, forms, context);
  return scanned.mentions.flatMap(({ start, end }, at): FoundPlace[] => {
    const meaning = decider.meaning(at);
    if (meaning === null) return [];
    const { places, sure, helped } = meaning;
    const [first = null, ...others] = places;
    const asked = others.length > 0;
    return [
      {
        start,
        end,
        text: text.slice(start, end),
        place: asked ? null : first,
        sure,
        asks: asked ? places : [],
        helped,
      },
    ];
  });
}
