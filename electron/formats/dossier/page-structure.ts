/** The names of tags of the page, by what htmlOf puts them into. */
type Inside = Readonly<Record<string, readonly string[]>>;

const LOOKS = ['strong', 'span', 'code', 'mark'];
const LINE = ['bdi', ...LOOKS, 'a'];
const INSIDE: Inside = {
  main: ['hr', 'h1', 'h2', 'h3', 'p', 'blockquote', 'dl', 'table', 'ol', 'div'],
  h1: LINE,
  h2: LINE,
  h3: LINE,
  p: LINE,
  blockquote: ['bdi'],
  dl: ['dt', 'dd'],
  dt: ['bdi'],
  dd: [...LINE, 'br'],
  table: ['caption', 'thead', 'tbody'],
  caption: ['bdi'],
  thead: ['tr'],
  tbody: ['tr'],
  tr: ['th', 'td'],
  th: ['bdi'],
  td: LINE,
  ol: ['li'],
  li: LINE,
  div: ['img', 'p'],
  a: ['bdi', ...LOOKS],
  ...Object.fromEntries(LOOKS.map((look) => [look, ['bdi']])),
};
const VOID = new Set(['hr', 'br', 'img']);

const TAG =
  /^<(?:hr class="page"|h[123](?: id="[^"<>]*")?|p(?: class="(?:note|warning|words)")?|blockquote class="(?:original|translation)"|dl|dt|dd|br|table|caption|thead|tbody|tr|td|th scope="col"|ol|li|div class="(?:shown|signatures)"|img alt="[^"<>]*" width="\d+" height="\d+" src="data:image\/png;base64,[A-Za-z0-9+/=]*"|bdi(?: lang="[^"<>]*")?|strong|span class="soft"|code|mark|a href="#[^"<>]*"|\/(?:h[123]|p|blockquote|dl|dt|dd|table|caption|thead|tbody|tr|td|th|ol|li|div|bdi|strong|span|code|mark|a))>$/;

const END = '</main>\n</body>\n</html>\n';

/**
 * Whether the page after its head is built of tags as htmlOf builds it: each in what it stands in there, each closed where it was opened,
 * text in `bdi` alone, and one `bdi` in a quotation. With anything else a browser could show words in another order, with more words or
 * with pictures of words, where comparing the page without its tags finds the same words: text of a table outside of its cells moves in
 * front of it, a tag that closes nothing is skipped, and several `bdi` of letters from right to left stand from left to right.
 */
export function isBuiltAsWritten(afterHead: string): boolean {
  if (!afterHead.endsWith(END)) return false;
  const html = afterHead.slice(0, -END.length);
  const open = ['main'];
  let quoted = 0;
  let at = 0;
  for (const { 0: tag, index } of html.matchAll(/<[^>]*>?/g)) {
    if (!isText(html.slice(at, index), open.at(-1)) || !TAG.test(tag)) return false;
    at = index + tag.length;
    const [, end, name = ''] = /^<(\/?)([a-z0-9]+)/.exec(tag) ?? [];
    const around = open.at(-1) ?? '';
    if (end === '/') {
      if (around !== name || (name === 'blockquote' && quoted !== 1)) return false;
      open.pop();
      continue;
    }
    if (INSIDE[around]?.includes(name) !== true) return false;
    if (name === 'blockquote') quoted = 0;
    if (around === 'blockquote') quoted += 1;
    if (!VOID.has(name)) open.push(name);
  }
  return open.length === 1 && isText(html.slice(at), open[0]);
}

const isText = (text: string, around: string | undefined): boolean => around === 'bdi' || text === '' || text === '\n';
