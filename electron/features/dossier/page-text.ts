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
