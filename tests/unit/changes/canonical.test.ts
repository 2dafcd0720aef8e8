import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonical, isCanonical, NotCanonical, parse, parsed, type Json } from '../../../shared/changes/canonical.ts';

/** Any value the log can hold. */
const value = fc
  .json({ depthSize: 'medium' })
  .map((text) => JSON.parse(text) as Json)
  .filter(holds);
function holds(json: Json): boolean {
  try {
    canonical(json);
    return true;
  } catch {
    return false;
  }
}
/** The same value with the keys of every object in another order. */
function reordered(json: Json): Json {
  if (Array.isArray(json)) return json.map((one: Json) => reordered(one));
  if (json === null || typeof json !== 'object') return json;
  return Object.fromEntries(
    Object.entries(json)
      .reverse()
      .map(([key, one]) => [key, reordered(one as Json)]),
  );
}

/** Own members, also of a name that objects have otherwise. */
function membersOf(members: readonly (readonly [string, Json])[]): Json {
  return JSON.parse(
    `{${members.map(([key, one]) => `${JSON.stringify(key)}:${JSON.stringify(one)}`).join(',')}}`,
  ) as Json;
}

describe('canonical JSON', () => {
  it('follows RFC 8785', () => {
    expect(canonical({ '\u20ac': 1, '\r': 2, '1': 3, '\u{1f600}': 4, '\u0080': 5, ö: 6, '\ufb33': 7 })).toBe(
      '{"\\r":2,"1":3,"\u0080":5,"ö":6,"€":1,"😀":4,"\ufb33":7}',
    );
    expect(canonical([333333333.3333333, 1e30 / 1e30, 4.5, 2e-3, 0.000000000000000000000000001])).toBe(
      '[333333333.3333333,1,4.5,0.002,1e-27]',
    );
    expect(canonical('€$\u000f\nA\'B"\\\\"/')).toBe('"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"');
    expect(canonical([-0, 0.000001, 1e-7, null, true])).toBe('[0,0.000001,1e-7,null,true]');
  });

  it('keeps Unicode normalisation forms apart: evidence is not normalised', () => {
    expect(canonical('\u00e9')).not.toBe(canonical('e\u0301'));
  });

  it.each([
    ['NaN', NaN],
    ['infinity', Infinity],
    ['an integer beyond 2^53', 2 ** 53],
    ['half a pair', '\ud800'],
    ['half a pair in a key', { '\udc00': 1 }],
  ])('rejects %s', (_name, bad) => {
    expect(() => canonical(bad as Json)).toThrow(NotCanonical);
  });

  it('reads back as the value that was written', () => {
    fc.assert(
      fc.property(value, (json) => {
        expect(parse(canonical(json))).toEqual(JSON.parse(JSON.stringify(json)));
      }),
    );
  });

  it('does not depend on the order of keys', () => {
    fc.assert(
      fc.property(value, (json) => {
        expect(canonical(reordered(json))).toBe(canonical(json));
      }),
    );
  });

  it('is the only accepted text of its value', () => {
    fc.assert(
      fc.property(value, (json) => {
        expect(isCanonical(canonical(json))).toBe(true);
        expect(isCanonical(` ${canonical(json)}`)).toBe(false);
        expect(isCanonical(JSON.stringify(json, null, 1))).toBe(JSON.stringify(json, null, 1) === canonical(json));
      }),
    );
  });

  it.each([
    '1.0',
    '"\\u0041"',
    '{"b":1,"a":2}',
    '{"a":1,"a":1}',
    '-0',
    '1e2',
    '',
    'undefined',
    '[1,]',
    '"\\ud800"',
    '9007199254740993',
    '[9007199254740992]',
    '{"9":1,"10":2}',
    '["\\ud800"]',
    '"\\u007f"',
    '{"\\udc00":1}',
    '"a\nb"',
    '"a" ',
    '['.repeat(200_000),
  ])('rejects %.20s', (text) => {
    expect(isCanonical(text)).toBe(false);
  });

  it('accepts just what it would write, whatever the order of the keys', () => {
    const key = fc.constantFrom('', '1', '9', '10', 'a', 'b', '\ud83d\ude00', '\ufb33', '__proto__', 'a"', 'é');
    const leaf = fc.oneof(
      fc.constantFrom(0, 1.5, 2 ** 53, 1e21, 1e-7, 'a\\ud800', '\ud800', '\u007f', '"'),
      fc.string({ unit: 'binary' }),
    );
    const any = fc.letrec<{ json: Json }>((tie) => ({
      json: fc.oneof(
        { depthSize: 'small' },
        leaf,
        fc.array(tie('json')),
        fc.array(fc.tuple(key, tie('json'))).map(membersOf),
      ),
    })).json;
    const isWritten = (text: string): boolean => holds(parse(text)) && canonical(parse(text)) === text;
    fc.assert(
      fc.property(any, (json) => {
        const text = JSON.stringify(json);
        expect(isCanonical(text)).toBe(isWritten(text));
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    '{"10":1,"9":2}',
    '"\\\\ud800"',
    '"\u007f"',
    '{"__proto__":{"a":1}}',
    '"é"',
    `${'['.repeat(150)}${']'.repeat(150)}`,
  ])('accepts %.20s', (text) => {
    expect(isCanonical(text)).toBe(true);
  });

  it('gives undefined for a text that is not JSON', () => {
    expect([parsed('{"a":1}'), parsed('{'), parsed('')]).toEqual([{ a: 1 }, undefined, undefined]);
  });
});
