/** Parts of the page that start with `begin` and reach to the next of `ends`. The key of a part is its text from `begin` to the next quotation mark. */
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

/** The page's text without tags, line ends and spaces, still escaped. */
export const squeezed = (html: string): string => html.replaceAll(/<[^>]*>/g, '').replaceAll(/\s+/g, '');

/** A part of the page, from one second-level heading to the next. */
export interface Part {
  /** Empty if the heading has no id. */
  readonly id: string;
  /** The words of the heading, as `squeezed` returns them. */
  readonly heading: string;
  readonly html: string;
}
/** The parts of a page in order, without the text before the first part. */
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

/** The rows of fact lists in a part of a page: names as written in the HTML, and values. */
export const rowsOf = (html: string): (readonly [name: string, value: string])[] =>
  html
    .split('<dt><bdi>')
    .slice(1)
    .flatMap((part) => {
      const [name = '', after] = part.split('</bdi></dt><dd>', 2);
      return after === undefined ? [] : [[name, after.split('</dd>', 1)[0] ?? ''] as const];
    });
