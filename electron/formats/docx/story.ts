import { addToLook, isFaint, isOn, levelOf, type Look, numberOf, plainLook, type Styles } from './styles.ts';
import { badDocx, type XmlEvents } from './xml.ts';

/** What of a document is no text of it, counted. */
export const LEFT = [
  'inserted',
  'deleted',
  'textBoxes',
  'hidden',
  'faint',
  'alternatives',
  'bound',
  'comments',
  'formulas',
  'symbols',
  'files',
] as const;
export type Left = Record<(typeof LEFT)[number], number>;
export type NoteKind = 'footnote' | 'endnote';

/** Where the paragraphs of a part go, in order. */
export interface Story {
  /** `level`: of a heading, from 1; null: it is none. */
  paragraph(text: string, level: number | null): void;
  /** A row of a table: its cells, with a tab between. */
  row(text: string): void;
  /** The mark to print for the reference to a note. */
  refer(kind: NoteKind, id: string): string;
  openNote(id: string): void;
}

interface Paragraph {
  text: string;
  style: string | null;
  outline: number | null;
  /** Its end was deleted in a tracked change: what follows belongs to it. */
  goesOn: boolean;
  isShaded: boolean;
}

/** What has no text that a reader of the page sees as such, or is read elsewhere. */
const SKIPPED = new Set([
  'w:instrText',
  'w:delText',
  'w:delInstrText',
  'w:drawing',
  'w:pict',
  'w:object',
  'w:rt',
  'w:sectPr',
  'w:txbxContent',
  'w:tblPr',
  'w:tblGrid',
  'mc:Choice',
]);
const CHANGED_BEFORE = /^w:\w+(?:PrChange|GridChange|PrExChange)$/;
/** Marks that show what is in an element in the order it says, with which the text says so, too. */
const ORDERS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'w:bdo': { rtl: '\u202e', ltr: '\u202d' },
  'w:dir': { rtl: '\u202b', ltr: '\u202a' },
};
const ORDER_ENDS = '\u202c';

/** A ground that white letters can be read on. */
const isDark = (name: string, attributes: ReadonlyMap<string, string>): boolean =>
  name === 'w:highlight'
    ? attributes.get('val') !== 'none' && attributes.get('val') !== 'white'
    : name === 'w:shd' && !/^(?:auto|(?:f[0-9a-f]){3})?$/i.test(attributes.get('fill') ?? '');

/** One run: how its own properties say that it looks. */
interface Run extends Look {
  style: string | null;
  isShaded: boolean;
}
const plainRun = (): Run => ({ style: null, isShaded: false, ...plainLook() });

/**
 * Reads the paragraphs of one part (document, footnotes or endnotes) as Word shows them with all changes accepted: what was inserted is text,
 * what was deleted or moved away isn’t.
 */
export class StoryReader implements XmlEvents {
  private readonly story: Story;
  private readonly styles: Styles;
  private readonly left: Left;
  private readonly names: string[] = [];
  /** The one that is skipped and those open within it. */
  private readonly skipped: string[] = [];
  private paragraph: Paragraph | null = null;
  private before = '';
  private words: { text: string; readonly isKept: boolean } | null = null;
  private run = plainRun();
  private isCellShaded = false;
  /** Whether what is in each open element of an order of its own has to end with a mark. */
  private readonly orders: boolean[] = [];
  /** Fields that are open: whether their instruction is still being read. */
  private readonly fields: boolean[] = [];
  /** Content controls that are open: whether they hold no more than a prompt. */
  private readonly prompts: boolean[] = [];
  /** Fallbacks that are open. The choices before them need extensions of the format, and are skipped; their text boxes are counted there. */
  private fallbacks = 0;
  private tables = 0;
  private cells: string[] | null = null;

  constructor(story: Story, styles: Styles, left: Left) {
    this.story = story;
    this.styles = styles;
    this.left = left;
  }

  open(name: string, attributes: ReadonlyMap<string, string>): void {
    if (name === 'w:txbxContent' && this.fallbacks === 0) this.left.textBoxes += 1;
    if (this.skipped.length > 0 || this.skips(name)) {
      // Words in one of two versions, of which the other is read: Word shows this one.
      if (name === 'w:t' && this.skipped.includes('mc:Choice') && !this.skipped.includes('w:txbxContent'))
        this.left.alternatives += 1;
      this.skipped.push(name);
      return;
    }
    if (name === 'mc:Fallback') this.fallbacks += 1;
    if (name.startsWith('mc:')) return;
    const parent = this.names.at(-1) ?? '';
    this.names.push(name);
    if (parent === 'w:r') this.inRun(name, attributes);
    else if (parent === 'w:rPr' && this.names.at(-3) === 'w:r') this.ofRun(name, attributes);
    else this.around(name, attributes);
  }

  close(name: string): void {
    if (this.skipped.length > 0) {
      this.skipped.pop();
      return;
    }
    if (name === 'mc:Fallback') this.fallbacks -= 1;
    if (name.startsWith('mc:')) return;
    this.names.pop();
    switch (name) {
      case 'w:p':
        this.endParagraph();
        break;
      case 'w:t':
        this.endWords();
        break;
      case 'w:sdt':
        this.prompts.pop();
        break;
      case 'w:bdo':
      case 'w:dir':
        if (this.orders.pop() === true) this.add(ORDER_ENDS);
        break;
      case 'w:tc':
      case 'w:body':
      case 'w:footnote':
      case 'w:endnote':
        this.isCellShaded = false;
        this.endPart();
        break;
      case 'w:tbl':
        this.tables -= 1;
        break;
      case 'w:tr':
        this.endRow();
        break;
    }
  }

  text(characters: string): void {
    if (this.skipped.length === 0 && this.words !== null) this.words.text += characters;
  }

  private skips(name: string): boolean {
    if (SKIPPED.has(name) || CHANGED_BEFORE.test(name)) return true;
    switch (name) {
      case 'w:del':
      case 'w:moveFrom':
        this.deletes(this.names.at(-1) ?? '');
        return true;
      case 'w:altChunk':
      case 'w:subDoc':
        this.left.files += 1;
        return true;
      case 'm:oMath':
        this.left.formulas += 1;
        return true;
      case 'w:sdtContent':
        return this.prompts.at(-1) === true;
      default:
        return false;
    }
  }

  /** In the properties of a paragraph it says that its end is gone; in those of a row, nothing that its cells don’t say themselves. */
  private deletes(parent: string): void {
    if (parent === 'w:rPr') {
      if (this.names.at(-2) === 'w:pPr' && this.paragraph !== null) this.paragraph.goesOn = true;
    } else if (parent !== 'w:trPr') this.left.deleted += 1;
  }

  private inRun(name: string, attributes: ReadonlyMap<string, string>): void {
    switch (name) {
      case 'w:t':
        this.words = { text: '', isKept: attributes.get('space') === 'preserve' };
        return;
      case 'w:tab':
      case 'w:ptab':
        this.add('\t');
        return;
      case 'w:br':
      case 'w:cr':
        this.add('\n');
        return;
      case 'w:noBreakHyphen':
        this.add('\u2011');
        return;
      case 'w:sym':
        this.add(this.symbol(attributes.get('char') ?? ''));
        return;
      case 'w:footnoteReference':
      case 'w:endnoteReference':
        this.add(this.story.refer(name === 'w:footnoteReference' ? 'footnote' : 'endnote', attributes.get('id') ?? ''));
        return;
      case 'w:fldChar':
        this.field(attributes.get('fldCharType') ?? '');
        return;
      case 'w:commentReference':
        this.left.comments += 1;
    }
  }

  private ofRun(name: string, attributes: ReadonlyMap<string, string>): void {
    if (name === 'w:rStyle') this.run.style = attributes.get('val') ?? null;
    else if (isDark(name, attributes)) this.run.isShaded = true;
    else addToLook(this.run, name, attributes);
  }

  private around(name: string, attributes: ReadonlyMap<string, string>): void {
    switch (name) {
      case 'w:p':
        this.endParagraph();
        this.paragraph = { text: '', style: null, outline: null, goesOn: false, isShaded: false };
        return;
      case 'w:r':
        this.run = plainRun();
        return;
      case 'w:shd':
        this.shade(attributes);
        return;
      case 'w:bdo':
      case 'w:dir': {
        const mark = ORDERS[name]?.[attributes.get('val') ?? ''];
        this.orders.push(mark !== undefined);
        this.run = plainRun();
        this.add(mark ?? '');
        return;
      }
      case 'dataBinding':
      case 'w:dataBinding':
        this.left.bound += 1;
        return;
      case 'w:pStyle':
        if (this.paragraph !== null) this.paragraph.style = attributes.get('val') ?? null;
        return;
      case 'w:outlineLvl':
        if (this.paragraph !== null) this.paragraph.outline = numberOf(attributes.get('val'));
        return;
      case 'w:ins':
      case 'w:moveTo':
        if (this.names.at(-2) !== 'w:rPr' && this.names.at(-2) !== 'w:trPr') this.left.inserted += 1;
        return;
      case 'w:sdt':
        this.prompts.push(false);
        return;
      case 'w:showingPlcHdr':
        if (this.prompts.length > 0) this.prompts[this.prompts.length - 1] = isOn(attributes);
        return;
      case 'w:tbl':
        this.tables += 1;
        return;
      case 'w:tr':
        if (this.tables === 1) this.cells = [];
        return;
      case 'w:tc':
        this.isCellShaded = false;
        if (this.tables === 1) this.cells?.push('');
        return;
      case 'w:footnote':
      case 'w:endnote':
        this.story.openNote(
          attributes.get('type') === undefined || attributes.get('type') === 'normal'
            ? (attributes.get('id') ?? '')
            : '',
        );
    }
  }

  private shade(attributes: ReadonlyMap<string, string>): void {
    const parent = this.names.at(-2);
    if (!isDark('w:shd', attributes)) return;
    if (parent === 'w:tcPr') this.isCellShaded = true;
    else if (parent === 'w:pPr' && this.paragraph !== null) this.paragraph.isShaded = true;
  }

  /** Throws BAD_INPUT if a field has no end: Word shows what follows, which would be taken for its instruction. */
  end(): void {
    if (this.fields.length > 0) throw badDocx('a field in it has no end');
  }

  private field(type: string): void {
    if (type === 'begin') this.fields.push(true);
    else if (type === 'end') this.fields.pop();
    else if (type === 'separate' && this.fields.length > 0) this.fields[this.fields.length - 1] = false;
  }

  /** Fonts of pictures keep theirs where Unicode has private characters: what they show is not known. */
  private symbol(code: string): string {
    const character = /^[0-9a-f]{1,6}$/i.test(code) ? Number.parseInt(code, 16) : 0;
    if (character >= 0x20 && character < 0xd800) return String.fromCodePoint(character);
    this.left.symbols += 1;
    return '\ufffd';
  }

  private endWords(): void {
    const words = this.words;
    this.words = null;
    if (words === null) return;
    const text = words.text.replaceAll(/[\t\n\r]+/g, ' ');
    this.add(words.isKept ? text : text.trim());
  }

  private add(text: string): void {
    if (this.paragraph === null || text === '' || this.fields.includes(true)) return;
    const ofParagraph = this.styles.looks.get(this.paragraph.style ?? '');
    const ofRun = this.styles.looks.get(this.run.style ?? '');
    // Two styles that both hide show what has both (ISO/IEC 29500-1, 17.7.3).
    if (this.run.vanish ?? (ofParagraph?.vanish === true) !== (ofRun?.vanish === true)) {
      this.left.hidden += 1;
      return;
    }
    const look = {
      vanish: null,
      color: this.run.color ?? ofRun?.color ?? ofParagraph?.color ?? null,
      size: this.run.size ?? ofRun?.size ?? ofParagraph?.size ?? null,
    };
    const onShade = this.run.isShaded || this.paragraph.isShaded || this.isCellShaded;
    if (isFaint(look, onShade) && text.trim() !== '') this.left.faint += 1;
    this.paragraph.text += text;
  }

  private endParagraph(): void {
    const ended = this.paragraph;
    this.paragraph = null;
    if (ended === null) return;
    this.before += ended.text;
    if (!ended.goesOn) this.give(this.levelOf(ended));
  }

  /** Nothing goes on past the end of a cell, a note or the document. */
  private endPart(): void {
    this.endParagraph();
    if (this.before !== '') this.give(null);
  }

  private give(level: number | null): void {
    const text = this.before;
    this.before = '';
    if (this.tables > 0 && this.cells !== null) this.addToCell(text);
    else if (text.trim() !== '') this.story.paragraph(text, level);
  }

  private levelOf({ style, outline }: Paragraph): number | null {
    if (outline !== null) return levelOf(outline);
    return style === null ? null : (this.styles.headings.get(style) ?? null);
  }

  private addToCell(text: string): void {
    const words = text.replaceAll(/[\t\n]+/g, ' ').trim();
    if (this.cells === null || words === '') return;
    const last = this.cells.pop();
    this.cells.push(last === undefined || last === '' ? words : `${last} ${words}`);
  }

  private endRow(): void {
    if (this.tables !== 1 || this.cells === null) return;
    const text = this.cells.join('\t');
    this.cells = null;
    if (text.trim() !== '') this.story.row(text);
  }
}
