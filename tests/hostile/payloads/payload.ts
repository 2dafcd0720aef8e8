/** One way in which a page could act. `HOST` is replaced by a host of its own, so that a request shows which page made it. */
export interface Payload {
  readonly name: string;
  readonly html: string;
}

/** Payloads from a table of names and markup. */
export const payloads = (group: string, table: Readonly<Record<string, string>>): Payload[] =>
  Object.entries(table).map(([name, html]) => ({ name: `${group}: ${name}`, html }));

/** One payload for each item: the same trick in many places. */
export const each = (group: string, items: readonly string[], html: (item: string) => string): Payload[] =>
  items.map((item) => ({ name: `${group}: ${item}`, html: html(item) }));

/** An SVG picture and a whole page as `data:` addresses. */
export const dataSvg = (svg: string): string =>
  `data:image/svg+xml,${encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg" ${svg}</svg>`)}`;
export const dataPage = (html: string): string => `data:text/html,${encodeURIComponent(html)}`;
