/** Parts of the page by what follows `begin` to the next quote, each up to the next of `ends`. */
export function sectionsOf(page: string, begin: string, ...ends: readonly string[]): Map<string, string> {
  return new Map(
    page
      .split(begin)
      .slice(1)
      .map((part): [string, string] => {
        const end = Math.min(...ends.map((one) => (part.includes(one) ? part.indexOf(one) : part.length)));
        return [part.slice(0, part.indexOf('"')), part.slice(0, end)];
      }),
  );
}

/** As the page is written; tags, line ends and spaces aside. */
export const squeezed = (html: string): string => html.replaceAll(/<[^>]*>/g, '').replaceAll(/\s+/g, '');

/** A part of the page: what stands from one heading of the second level to the next. */
export interface Part {
  /** Empty where it has none. */
  readonly id: string;
  /** Squeezed. */
  readonly heading: string;
  readonly html: string;
}
/** The parts of a page in order, without what is before the first. */
export const partsOf = (page: string): Part[] =>
  page
    .split('<h2')
    .slice(1)
    .map((html): Part => {
      const [head = ''] = html.split('</h2>');
      return {
        id: /^ id="([^"]*)">/.exec(head)?.[1] ?? '',
        heading: squeezed(head.slice(head.indexOf('>') + 1)),
        html,
      };
    });

/** The rows of lists of facts in a part of a page: their names as they are written, and what stands under them. */
export const rowsOf = (html: string): (readonly [name: string, value: string])[] =>
  html
    .split('<dt><bdi>')
    .slice(1)
    .flatMap((part) => {
      const [name = '', after] = part.split('</bdi></dt><dd>', 2);
      return after === undefined ? [] : [[name, after.split('</dd>', 1)[0] ?? ''] as const];
    });
