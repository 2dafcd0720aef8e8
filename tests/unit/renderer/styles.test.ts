import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tokenize, tokenTypes } from 'css-tree';
import { en } from '../../../renderer/shell/strings.ts';

const root = join(import.meta.dirname, '../../../renderer');
const files = (folder: string, ending: RegExp): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => ending.test(name))
    .map((name) => join(folder, name));

/** Lengths that follow the surrounding text, or mean nothing. */
const FREE_UNITS = new Set(['em', 'fr', 'dvh', 'vw', 'deg', '%']);

describe('styles', () => {
  it('hold colours, sizes and durations in tokens.css only', () => {
    const literals: string[] = [];
    for (const file of files(root, /\.css$/).filter((name) => !name.endsWith('tokens.css'))) {
      const css = readFileSync(file, 'utf8');
      tokenize(css, (type, start, end) => {
        const text = css.slice(start, end);
        const isSize = type === tokenTypes.Dimension && !FREE_UNITS.has(text.replace(/^[-+\d.]+/, ''));
        const isColour =
          (type === tokenTypes.Hash &&
            /^#[0-9a-f]{3,8}$/i.test(text) &&
            /[:\s,(]$/.test(css.slice(start - 1, start)) &&
            /^[^{}]*;/.test(css.slice(end))) ||
          /^(rgb|hsl|oklch|oklab)a?\($/.test(text);
        if (isSize || isColour) literals.push(`${file.slice(root.length)}: ${text}`);
      });
    }
    expect(literals).toEqual([]);
  });

  it('use only tokens that exist', () => {
    const tokens = new Set(
      [...readFileSync(join(root, 'styles/tokens.css'), 'utf8').matchAll(/(--[\w-]+):/g)].map(([, name]) => name),
    );
    /** Tokens that a component sets on its own element, or a library sets. */
    const local = new Set(['--tracks', '--own', '--trigger-width', '--f', '--st', '--sz', '--level', '--share']);
    const missing: string[] = [];
    for (const file of [
      ...files(root, /\.css$/),
      ...files(join(root, 'ui'), /\.tsx?$/),
      ...files(join(root, 'features'), /\.tsx?$/),
    ]) {
      const text = readFileSync(file, 'utf8');
      const own = new Set([...text.matchAll(/(--[\w-]+)['"]?:/g)].map(([, name]) => name));
      for (const [, name = ''] of text.matchAll(/(?:var\(|token(?:Pixels)?\(['"])(--[\w-]+)/g)) {
        if (!tokens.has(name) && !local.has(name) && !own.has(name))
          missing.push(`${file.slice(root.length)}: ${name}`);
      }
    }
    expect(missing).toEqual([]);
  });
});

describe('strings', () => {
  type Strings = { readonly [key: string]: string | Strings };

  it('say a number with its noun or verb in the form for one as well', () => {
    const all = (strings: Strings, before: string): [string, string][] =>
      Object.entries(strings).flatMap(([key, value]): [string, string][] =>
        typeof value === 'string' ? [[`${before}${key}`, value]] : all(value, `${before}${key}.`),
      );
    const nouns =
      'passages|sources|origins|publishers|places|figures|terms|times|categories|people|edits|tags|claims|texts|rows|are|have';
    const wrong = all(en, '').filter(
      ([key, value]) =>
        !/_(?:zero|one|other)$/.test(key) && new RegExp(`\\{\\{\\w+, number\\}\\} (?:${nouns})\\b`).test(value),
    );
    expect(wrong.map(([key]) => key)).toEqual([]);
  });
  const flat = (strings: Strings, path = ''): [string, string][] =>
    Object.entries(strings).flatMap(([key, value]): [string, string][] =>
      typeof value === 'string' ? [[path + key, value]] : flat(value, `${path}${key}.`),
    );

  it('of different parts of the interface share no top-level key', () => {
    const rooms = files(root, /strings\.en\.json$/).map((file) => Object.keys(JSON.parse(readFileSync(file, 'utf8'))));
    expect(rooms.length).toBeGreaterThan(20);
    const keys = rooms.flat();
    expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([]);
    expect(keys.toSorted()).toEqual(Object.keys(en).toSorted());
  });

  it('have singular and plural wherever there is a count', () => {
    const keys = new Set(flat(en).map(([key]) => key));
    const lonely = [...keys].filter(
      (key) =>
        (key.endsWith('_one') && !keys.has(key.replace(/_one$/, '_other'))) ||
        (key.endsWith('_other') && !keys.has(key.replace(/_other$/, '_one'))),
    );
    expect(lonely).toEqual([]);
  });

  it('are never empty, and have balanced braces', () => {
    const odd = flat(en).filter(
      ([, text]) => text.trim() === '' || text.split('{{').length !== text.split('}}').length,
    );
    expect(odd).toEqual([]);
  });
});

it('a screen is as wide as the window, however wide its contents are', () => {
  const sheet = readFileSync(join(root, 'shell/styles.css'), 'utf8');
  // An automatic column grows with a PDF page that was fitted to a wider window, and the passage pane leaves the window.
  expect(/^\.workbench \{[^}]*\}/m.exec(sheet)?.[0]).toContain('/ minmax(0, 1fr);');
});

describe('people', () => {
  const elsewhere = files(root, /\.tsx$/).filter((file) => !file.endsWith('common/people/PersonName.tsx'));

  it('have their initials and names from PersonName, which tells namesakes apart and marks keys', () => {
    // In these files the whole fingerprint or a badge for the key stands beside the name, or it is the person's own name.
    const whole = new Set([
      'features/start/StartScreen.tsx',
      'shell/frame/StatusBar.tsx',
      'features/merge/Changes.tsx',
    ]);
    const child = /[>}]\s*\{((?:[\w?]+\.)*(?:person|people|by|author|coder|lead|coderName)(?:\??\.name)?)\}/g;
    const raw = elsewhere.flatMap((file) => {
      const text = readFileSync(file, 'utf8');
      const name = file.slice(root.length).replace(/^\//, '');
      return [
        ...(/import \{[^}]*\bInitials\b[^}]*\} from/.test(text) ? [`${name}: Initials`] : []),
        ...(whole.has(name) ? [] : [...text.matchAll(child)].map(([, what = '']) => `${name}: {${what}}`)),
      ];
    });
    expect(raw).toEqual([]);
  });
});
