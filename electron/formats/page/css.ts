import { tokenize, tokenTypes as T } from 'css-tree/tokenizer';
import { ident, string as cssString, url as cssUrl } from 'css-tree/utils';
import { FIELD_ELEMENTS } from './fields.ts';
import { ADDRESS_FUNCTIONS, AT_RULES, BLOCKED_IDENTIFIERS, FUNCTIONS, SUBSTITUTIONS } from './allow.ts';

/** Resolves a style sheet's addresses. */
export interface CssAddresses {
  /** Our own address for a resource, or null: then nothing is loaded. */
  image(address: string): string | null;
  /** The rewritten text of an imported sheet, or null: then the rule is dropped. */
  sheet(address: string): string | null;
  /** Called if the rest was left out, since its brackets are nested deeper than {@link DEPTH}. */
  tooDeep?(): void;
}

/**
 * Levels of brackets that are kept. Chromium 153 reads rules and selectors recursively: with 20,000 levels of `:is(` or
 * `@media` its process ends, and with it the window.
 */
const DEPTH = 400;
/** When a rewritten sheet is checked again: imports and frames put rules around sheets. */
const CHECKED_DEPTH = 1000;

/** Neither requested nor reported as missing: CSS Values 4 has it without a request, and Chromium writes no error of it. */
export const NOTHING = 'url("")';
/** The same in pages frozen before version 3. Chromium holds it against the policy, and writes errors to the console. */
export const OLD_NOTHING = 'url("about:invalid")';
const BLOCKED = 'fz-blocked';
/** Replaces removed text, so that its neighbours do not join (`u` and `rl(`). A comment, since a space can have a meaning. */
const APART = '/**/';
/** Marks links in place of `href`, so that a frozen page's styles match them. */
export const LINK_ATTRIBUTE = 'data-fz-href';

const LINK_SELECTORS: ReadonlyMap<string, string> = new Map([
  ['link', `[${LINK_ATTRIBUTE}]`],
  ['any-link', `[${LINK_ATTRIBUTE}]`],
  ['-webkit-any-link', `[${LINK_ATTRIBUTE}]`],
  ['visited', ':not(*)'],
]);

/** States of fields, by the attributes of the boxes that fields become. */
const FIELD_SELECTORS: ReadonlyMap<string, string> = new Map([
  ['checked', '[checked]'],
  ['disabled', '[disabled]'],
  ['enabled', ':is(fz-input,fz-select,fz-button,fz-textarea):not([disabled])'],
  ['read-only', ':not(*)'],
  [
    'read-write',
    ':is(fz-textarea,fz-input:not([type=checkbox],[type=radio],[type=range],[type=color],[type=button],[type=file])):not([disabled])',
  ],
  ['placeholder-shown', '[placeholder]:not([value])'],
]);

/**
 * What the sheet belongs to: a page, a shadow tree, or a page in a frame; a rewritten sheet that is checked again; or one whose
 * page still has fields, which become boxes when it is shown.
 */
export type SheetKind = 'sheet' | 'shadow' | 'framed' | 'frozen' | 'fields';

/** Elements with another name in a frozen page, by their name in style sheets. */
const TYPE_SELECTORS: ReadonlyMap<string, string> = new Map([
  ['form', 'fz-form'],
  ['textarea', 'fz-textarea'],
  ['iframe', 'fz-frame'],
  ['frame', 'fz-frame'],
  ['frameset', 'fz-frameset'],
  ['video', 'fz-media'],
  ['audio', 'fz-media'],
  ['canvas', 'fz-media'],
  ...FIELD_ELEMENTS,
]);
const FRAMED_SELECTORS: ReadonlyMap<string, string> = new Map([
  ['html', 'fz-html'],
  ['body', 'fz-body'],
]);

/** Strings in a style sheet must not look like markup to a parser. */
const withoutMarkup = (text: string): string => text.replaceAll('<', '\\3c ');

const ours = (address: string | null): string =>
  address === null ? NOTHING : `url("${withoutMarkup(address.replace(/["\\\n]/g, ''))}")`;

/** A style sheet without anything that loads from elsewhere. In that of a shadow tree, `:host` becomes `:scope`. */
export const rewriteStyleSheet = (source: string, addresses: CssAddresses, kind: SheetKind = 'sheet'): string =>
  new Rewriter(source, addresses, kind).run();

/** The same for a `style` attribute, or any other attribute with CSS in it. */
export const rewriteDeclarations = (source: string, addresses: CssAddresses): string =>
  new Rewriter(source, addresses, 'declarations').run();

/**
 * Rewrites token by token, with the tokenizer of CSS Syntax 3, so that escapes (`u\72l(`), comments and bad strings are read
 * as a browser reads them. What is allowed stays as written. The output is balanced: no bracket or string extends into what
 * follows. Looks ahead only over tokens it then consumes, so the time is linear.
 */
class Rewriter {
  readonly #source: string;
  readonly #addresses: CssAddresses;
  readonly #kind: SheetKind | 'declarations';
  readonly #types: number[] = [];
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];
  #at = 0;
  readonly #out: string[] = [];
  /** Open brackets, each with the function it belongs to. */
  readonly #open: { close: string; name: string }[] = [];
  #openAddressFunctions = 0;
  /** Between an at-rule's name and its block or semicolon. */
  #inAtRule = false;
  /** The token that ends the construct the current one is in: see {@link Rewriter.#endsInBlock}. */
  #ending = -1;

  constructor(source: string, addresses: CssAddresses, kind: SheetKind | 'declarations') {
    // A backslash at the very end would escape the bracket or tag that comes after.
    this.#source = trailingBackslashes(source) % 2 === 1 ? source.slice(0, -1) : source;
    this.#addresses = addresses;
    this.#kind = kind;
    tokenize(this.#source, (type, start, end) => {
      this.#types.push(type);
      this.#starts.push(start);
      this.#ends.push(end);
    });
  }

  run(): string {
    for (; this.#at < this.#types.length; this.#at++) this.#token();
    for (let top = this.#open.pop(); top !== undefined; top = this.#open.pop()) this.#out.push(top.close);
    return this.#out.join('');
  }

  #raw(at = this.#at): string {
    return this.#source.slice(this.#starts[at], this.#ends[at]);
  }

  #token(): void {
    const type = this.#types[this.#at];
    const raw = this.#raw();
    if (type === T.AtKeyword) this.#inAtRule = true;
    else if (type !== undefined && ENDINGS.has(type)) this.#inAtRule = false;
    switch (type) {
      case T.Comment:
      case T.CDO:
      case T.CDC:
      case T.BadUrl:
      case T.BadString:
        return this.#put(APART);
      case T.AtKeyword:
        return this.#atRule(raw);
      case T.Url:
        return this.#putInPlace(ours(this.#addresses.image(cssUrl.decode(raw))));
      case T.Function:
        return this.#function(raw);
      case T.String:
        return this.#string(raw);
      case T.Ident:
        return this.#ident(raw);
      case T.LeftParenthesis:
        return this.#push(raw, ')', '');
      case T.LeftSquareBracket:
        return this.#push(raw, ']', '');
      case T.LeftCurlyBracket:
        return this.#push(raw, '}', '');
      case T.RightParenthesis:
      case T.RightSquareBracket:
      case T.RightCurlyBracket:
        return this.#close(raw);
      default:
        return this.#put(raw);
    }
  }

  #put(text: string): void {
    // Inside a <style> element only its end tag is markup; nothing else may look like a tag either.
    const looksLikeTag = this.#out.at(-1)?.endsWith('<') === true && /^[/\w!]/.test(text);
    this.#out.push(looksLikeTag ? ` ${text}` : text);
  }

  /** Replaces a token; adds a separator if the replacement could join the token before it (a string after a word). */
  #putInPlace(text: string): void {
    const before = this.#out.at(-1);
    if (before !== undefined && !/[\s;:,{}()[\]/*]$/.test(before)) this.#put(APART);
    this.#put(text);
  }

  #push(text: string, close: string, name: string): void {
    const most = this.#kind === 'frozen' || this.#kind === 'fields' ? CHECKED_DEPTH : DEPTH;
    if (this.#open.length >= most) {
      this.#at = this.#types.length;
      this.#addresses.tooDeep?.();
      return;
    }
    this.#open.push({ close, name });
    if (ADDRESS_FUNCTIONS.has(name)) this.#openAddressFunctions++;
    this.#put(text);
  }

  /** Drops a bracket that closes nothing, since it could only close something of ours; what is around it stays separate. */
  #close(raw: string): void {
    const top = this.#open.at(-1);
    if (top === undefined || top.close !== raw) return this.#put(APART);
    this.#open.pop();
    if (ADDRESS_FUNCTIONS.has(top.name)) this.#openAddressFunctions--;
    this.#put(raw);
  }

  #string(raw: string): void {
    const isAddress = this.#openAddressFunctions > 0 && this.#open.at(-1)?.name !== 'type';
    if (isAddress) return this.#putInPlace(ours(this.#addresses.image(cssString.decode(raw))));
    // At the end of a sheet a string may lack its closing quote.
    const closed = raw.length > 1 && raw.endsWith(raw.charAt(0)) && !isEscapedAtEnd(raw);
    this.#put(closed && !raw.includes('<') ? raw : withoutMarkup(cssString.encode(cssString.decode(raw))));
  }

  #ident(raw: string): void {
    const name = ident.decode(raw).toLowerCase();
    const before = this.#types[this.#at - 1];
    const link = LINK_SELECTORS.get(name);
    if (link !== undefined && before === T.Colon && this.#types[this.#at - 2] !== T.Colon) {
      this.#out[this.#out.length - 1] = link;
      return;
    }
    const state = FIELD_SELECTORS.get(name);
    if (state !== undefined && before === T.Colon && this.#mayName() && this.#endsInBlock()) {
      this.#out[this.#out.length - 1] = state;
      return;
    }
    if (name === 'placeholder' && before === T.Colon && this.#types[this.#at - 2] === T.Colon && this.#mayName())
      return this.#put('before');
    if (name === 'host' && before === T.Colon && this.#kind === 'shadow') return this.#put('scope');
    if (name === 'href' && before === T.LeftSquareBracket) return this.#put(LINK_ATTRIBUTE);
    if (name === 'root' && before === T.Colon && this.#kind === 'framed') return this.#put('is(fz-html)');
    const types = this.#kind === 'fields' ? FIELD_ELEMENTS : TYPE_SELECTORS;
    const renamed = types.get(name) ?? (this.#kind === 'framed' ? FRAMED_SELECTORS.get(name) : undefined);
    if (renamed !== undefined && this.#isTypeSelector()) return this.#put(renamed);
    this.#put(BLOCKED_IDENTIFIERS.has(name) ? BLOCKED : raw);
  }

  /** Whether selectors are rewritten, and this may be one. */
  #mayName(): boolean {
    return this.#kind !== 'declarations' && this.#kind !== 'frozen' && !this.#inAtRule;
  }

  /** Whether this word is the name of an element, in the selector of a block that is not an at-rule's. */
  #isTypeSelector(): boolean {
    // With unmatched brackets, rewriting moves where blocks are, so this is not checked in a frozen sheet.
    if (!this.#mayName() || this.#open.at(-1)?.close === ']') return false;
    const before = this.#types[this.#at - 1];
    const follows = before === T.Colon || (before === T.Delim && this.#raw(this.#at - 1) === '.');
    return !follows && this.#endsInBlock();
  }

  /** Whether a block comes before the next semicolon or end of a block. Searched once for all words before it. */
  #endsInBlock(): boolean {
    if (this.#ending < this.#at) {
      this.#ending = this.#at;
      while (this.#ending < this.#types.length && !ENDINGS.has(this.#types[this.#ending] ?? 0)) this.#ending++;
    }
    return this.#types[this.#ending] === T.LeftCurlyBracket;
  }

  #function(raw: string): void {
    const name = ident.decode(raw.slice(0, -1)).toLowerCase();
    if (name === 'host' && this.#kind === 'shadow') return this.#push('scope:is(', ')', 'is');
    if (name === 'url' || name === 'src') return this.#putInPlace(ours(this.#addressOfCall()));
    const inAddress = this.#openAddressFunctions > 0;
    const allowed =
      FUNCTIONS.has(name) ||
      ADDRESS_FUNCTIONS.has(name) ||
      (SUBSTITUTIONS.has(name) && !inAddress) ||
      (name === 'type' && inAddress);
    if (allowed) return this.#push(raw, ')', name);
    this.#push(`${BLOCKED}(`, ')', BLOCKED);
  }

  /** Consumes a call of `url(` to its end; returns its address if it is one string and nothing else. */
  #addressOfCall(): string | null {
    let address: string | null = null;
    let depth = 1;
    for (this.#at++; this.#at < this.#types.length; this.#at++) {
      const type = this.#types[this.#at];
      if (type === T.RightParenthesis && --depth === 0) break;
      if (type === T.Function || type === T.LeftParenthesis) depth++;
      if (type === T.String && depth === 1 && address === null) address = cssString.decode(this.#raw());
    }
    return address === null ? null : this.#addresses.image(address);
  }

  #atRule(raw: string): void {
    const name = ident.decode(raw.slice(1)).toLowerCase();
    if (name === 'import' || name === 'namespace' || name === 'charset') {
      const { address, condition } = this.#statement();
      this.#put(APART);
      if (name === 'import' && address !== null && this.#kind !== 'declarations' && this.#open.length === 0)
        this.#import(address, condition);
      return;
    }
    this.#put(AT_RULES.has(name) ? raw : `@${BLOCKED}`);
  }

  /** Consumes an at-rule without a block up to its semicolon (or the block it must not have). */
  #statement(): { address: string | null; condition: string } {
    let address: string | null = null;
    let condition = '';
    let depth = 0;
    let inUrlCall = false;
    for (this.#at++; this.#at < this.#types.length; this.#at++) {
      const type = this.#types[this.#at];
      const raw = this.#raw();
      if (type === T.Semicolon && depth === 0) break;
      if (type === T.LeftCurlyBracket || (type === T.RightCurlyBracket && depth === 0)) {
        this.#at--;
        break;
      }
      if (address === null) {
        if (type === T.Url) address = cssUrl.decode(raw);
        else if (type === T.String) address = cssString.decode(raw);
        else if (type === T.Function) inUrlCall = true;
      } else if (inUrlCall && type === T.RightParenthesis) inUrlCall = false;
      else {
        if (type === T.Function || type === T.LeftParenthesis) depth++;
        else if (type === T.RightParenthesis && depth > 0) depth--;
        condition += raw;
      }
    }
    return { address, condition: condition.trim() };
  }

  /** Replaces the rule by the imported sheet; its conditions (layer, supports, media, in that order) become nested rules. */
  #import(address: string, condition: string): void {
    const sheet = this.#addresses.sheet(address);
    if (sheet === null) return;
    let rest = rewriteDeclarations(condition, { image: () => null, sheet: () => null });
    const around: string[] = [];
    const layer = /^layer(?:\(([^)]*)\)|(?![\w(-]))\s*/i.exec(rest);
    if (layer !== null) {
      around.push(`@layer ${layer[1] ?? ''}`);
      rest = rest.slice(layer[0].length);
    }
    const supports = /^supports\(((?:[^()]|\([^()]*\))*)\)\s*/i.exec(rest);
    if (supports !== null) {
      around.push(`@supports (${supports[1] ?? ''})`);
      rest = rest.slice(supports[0].length);
    }
    if (rest !== '') around.push(`@media ${rest.replace(/[{};]/g, ' ')}`);
    this.#put(`${around.map((rule) => `${rule}{`).join('')}${sheet}${'}'.repeat(around.length)}\n`);
  }
}

const ENDINGS: ReadonlySet<number> = new Set([T.Semicolon, T.LeftCurlyBracket, T.RightCurlyBracket]);

/** Whether the last quote of a string token is part of an escape (`"a\\"`). */
const isEscapedAtEnd = (raw: string): boolean => trailingBackslashes(raw.slice(1, -1)) % 2 === 1;

function trailingBackslashes(text: string): number {
  let count = 0;
  while (text[text.length - 1 - count] === '\\') count++;
  return count;
}
