import { InsertionMode, Parser, Token, Tokenizer, type DefaultTreeAdapterMap } from 'parse5';
import { treeMaker, type Document } from './tree.ts';

/**
 * The tree of a page, as `parse` of parse5 gives it without scripts, in half the time and a fraction of the memory. parse5
 * reads letter by letter, and builds its tree's text word by word, each a string; this takes plain text in runs. The fuzz
 * test compares both.
 */
export function parsePage(html: string): Document {
  const parser = new PageParser();
  parser.tokenizer.write(html, true);
  return parser.document;
}

class PageParser extends Parser<DefaultTreeAdapterMap> {
  constructor() {
    super({ scriptingEnabled: false, treeAdapter: treeMaker });
    this.tokenizer = new PageTokenizer(this);
  }

  /** Whether white space after a word goes where the word went. Not so in a table or frameset. */
  get keepsSpaceWithWords(): boolean {
    const mode = this.insertionMode;
    return (
      mode === InsertionMode.IN_BODY ||
      mode === InsertionMode.IN_CELL ||
      mode === InsertionMode.TEXT ||
      mode === InsertionMode.IN_CAPTION
    );
  }
}

const { TokenType } = Token;
const LINE_FEED = 0x0a;
const QUOTE = 0x22;
const AMPERSAND = 0x26;
const APOSTROPHE = 0x27;
const LESS_THAN = 0x3c;

/** V8 copies a shorter slice; a longer one would keep the whole page in memory. */
const SHORT = 12;

/** The tokenizer states that cover most of a page, each reading plain text in runs. */
class PageTokenizer extends Tokenizer {
  readonly #parser: PageParser;

  constructor(parser: PageParser) {
    super(parser.options, parser);
    this.#parser = parser;
  }

  protected override _ensureCharacterToken(type: Token.CharacterToken['type']): void {
    const isAfterWord =
      type === TokenType.WHITESPACE_CHARACTER && this.currentCharacterToken?.type === TokenType.CHARACTER;
    if (isAfterWord && this.#parser.keepsSpaceWithWords) return;
    super._ensureCharacterToken(type);
  }

  protected override _stateData(cp: number): void {
    super._stateData(cp);
    if (cp > LINE_FEED && cp !== LESS_THAN && cp !== AMPERSAND) this.#takeText(AMPERSAND);
  }
  protected override _stateRawtext(cp: number): void {
    super._stateRawtext(cp);
    if (cp > LINE_FEED && cp !== LESS_THAN) this.#takeText(LESS_THAN);
  }
  protected override _stateScriptData(cp: number): void {
    super._stateScriptData(cp);
    if (cp > LINE_FEED && cp !== LESS_THAN) this.#takeText(LESS_THAN);
  }
  protected override _stateAttributeValueDoubleQuoted(cp: number): void {
    super._stateAttributeValueDoubleQuoted(cp);
    if (cp > LINE_FEED && cp !== QUOTE && cp !== AMPERSAND) this.#takeUntil(QUOTE, AMPERSAND, false);
  }
  protected override _stateAttributeValueSingleQuoted(cp: number): void {
    super._stateAttributeValueSingleQuoted(cp);
    if (cp > LINE_FEED && cp !== APOSTROPHE && cp !== AMPERSAND) this.#takeUntil(APOSTROPHE, AMPERSAND, false);
  }

  protected override _stateTagName(cp: number): void {
    const token = this.currentToken;
    const isTag = token?.type === TokenType.START_TAG || token?.type === TokenType.END_TAG;
    if (isTag && token.tagName === '' && isLower(cp)) token.tagName = this.#takeName();
    else super._stateTagName(cp);
  }
  protected override _stateAttributeName(cp: number): void {
    if (this.currentAttr.name === '' && isLower(cp)) this.currentAttr.name = this.#takeName();
    else super._stateAttributeName(cp);
  }

  #takeText(alsoAt: number): void {
    if (this.currentCharacterToken?.type !== TokenType.CHARACTER) return;
    this.#takeUntil(LESS_THAN, alsoAt, !this.#parser.keepsSpaceWithWords);
  }

  /** Extends the run up to one of two characters, or any character that is not read as it is. */
  #takeUntil(sign: number, other: number, isUntilSpace: boolean): void {
    const { preprocessor } = this;
    const { html } = preprocessor;
    let end = preprocessor.pos + 1;
    // A run that begins elsewhere: the previous code point was not plain.
    if (this.runEnd !== end) return;
    for (; end < html.length; end++) {
      const code = html.charCodeAt(end);
      if (code === sign || code === other || (code & 0xf800) === 0xd800) break;
      if (code <= 0x20 && (isUntilSpace || !isKept(code))) break;
    }
    this.runEnd = end;
    preprocessor.pos = end - 1;
  }

  /** The name that begins at the code point just read, as long as it is short and plain. */
  #takeName(): string {
    const { preprocessor } = this;
    const { html, pos } = preprocessor;
    let end = pos + 1;
    while (end < pos + SHORT && isLower(html.charCodeAt(end))) end++;
    preprocessor.pos = end - 1;
    return html.slice(pos, end);
  }
}

const isLower = (code: number): boolean => (code >= 0x61 && code <= 0x7a) || code === 0x2d;
/** White space without carriage return, which is read as a line feed; no zero. */
const isKept = (code: number): boolean => code === 0x20 || code === 0x0a || code === 0x09 || code === 0x0c;
