/** A text as a CSS string: everything but letters and digits is escaped. */
const quoted = (text: string): string =>
  `"${text.toWellFormed().replace(/[^\p{L}\p{N}]/gu, (sign) => `\\${(sign.codePointAt(0) ?? 0xfffd).toString(16)} `)}"`;
/** A longer title does not fit beside the date. */
const LONGEST = 70;

/** Printed on each page: the title, what it is and when it was made, and the page’s number. */
export function pageStyle(title: string, made: string, kind = 'Evidence report'): string {
  const shown = [...title];
  const short = shown.length > LONGEST ? `${shown.slice(0, LONGEST).join('')}…` : title;
  return `
@page { @top-left { content: ${quoted(short)}; } @top-right { content: ${quoted(`${kind}, ${made}`)}; } }
@page :first { @top-left { content: none; } @top-right { content: none; } }
`;
}

export const SANS = `ui-sans-serif, system-ui, "Segoe UI", "Noto Sans", "Noto Sans SC", "Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", "Noto Sans Arabic", sans-serif`;
export const SERIF = `ui-serif, "Noto Serif", Georgia, "Noto Serif SC", "Noto Serif CJK SC", "Songti SC", SimSun, "Noto Naskh Arabic", serif`;
export const MONO = `ui-monospace, "Cascadia Mono", Menlo, "Noto Sans Mono", monospace`;

/** A bar has one of so many lengths. */
export const BAR_STEPS = 20;
const bars = (): string =>
  Array.from({ length: BAR_STEPS + 1 }, (_, step) => `.b${step} { inline-size: ${(step / 5).toFixed(1)}rem; }`).join(
    ' ',
  );

/**
 * The report's styles. The file is self-contained, so it uses the reader's own fonts and any paper size (A4 and letter
 * alike). Always light, since it is meant for paper.
 */
export const STYLE = `
:root { color-scheme: light; --ink: #1a1c1f; --soft: #55585e; --rule: #d5d5d0; --wash: #f5f5f2; --mark: #2b4fc4; }
@page { margin: 24mm 20mm 22mm;
  @top-left { font: 8.5pt/1.3 ${SANS}; color: #55585e; vertical-align: bottom; padding-bottom: 5mm; }
  @top-right { font: 8.5pt/1.3 ${SANS}; color: #55585e; vertical-align: bottom; padding-bottom: 5mm; }
  @bottom-right { content: counter(page) " / " counter(pages); font: 8.5pt/1 ${SANS}; color: #55585e; } }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0 auto; max-inline-size: 50rem; padding: 3.5rem 2rem 5rem; color: var(--ink); background: #fff;
  font: 0.9375rem/1.5 ${SANS}; overflow-wrap: anywhere; line-break: strict; }
h1, h2, h3 { font-weight: 650; line-height: 1.25; margin: 0; text-wrap: balance; }
h1 { font-size: 1.9rem; letter-spacing: -0.01em; }
h2 { font-size: 1.2rem; margin-block: 3rem 0.6rem; padding-block-end: 0.4rem; border-block-end: 2px solid var(--ink); }
h3 { font-size: 1.05rem; margin-block: 2.2rem 0.2rem; }
p { margin: 0; }
.kind { font-size: 0.8125rem; color: var(--soft); text-transform: uppercase; letter-spacing: 0.08em; margin-block-end: 0.5rem; }
.about { margin-block-start: 1.1rem; color: var(--soft); font-size: 0.875rem; max-inline-size: 40rem; }
.chosen { margin: 0; padding-inline-start: 1.1rem; }
table { border-collapse: collapse; inline-size: 100%; margin-block-start: 1.4rem; }
caption { text-align: start; font-weight: 650; padding-block-end: 0.3rem; }
th { text-align: start; font-weight: 600; font-size: 0.8125rem; color: var(--soft); padding: 0.25rem 0.75rem 0.25rem 0; }
td { padding: 0.4rem 0.75rem 0.4rem 0; vertical-align: baseline; border-block-start: 1px solid var(--rule); }
td.n, th.n { text-align: end; font-variant-numeric: tabular-nums; padding-inline-end: 0; max-inline-size: 14rem; }
th { white-space: nowrap; }
td.w { white-space: nowrap; }
a { color: inherit; text-decoration-color: var(--rule); text-underline-offset: 0.2em; }
.under { color: var(--soft); font-size: 0.8125rem; }
.exhibit { margin-block-start: 1.4rem; padding-block-start: 0.9rem; border-block-start: 1px solid var(--rule);
  display: grid; grid-template-columns: 3.75rem minmax(0, 1fr); }
.under + .exhibit { border-block-start: 0; margin-block-start: 0.4rem; }
.exhibit > .no { font-size: 1.05rem; font-weight: 650; font-variant-numeric: tabular-nums; line-height: 1.75rem; }
.head { display: flex; gap: 0.6rem; align-items: baseline; margin-block-end: 0.5rem; line-height: 1.75rem; }
.categories { display: flex; flex-wrap: wrap; column-gap: 0.9rem; flex: 1; }
.category { font-size: 0.875rem; font-weight: 600; }
.state { white-space: nowrap; font-size: 0.75rem; font-weight: 600; border: 1px solid currentColor; border-radius: 0.2rem; padding: 0 0.4rem; line-height: 1.25rem; }
.state.firm { color: #22673f; } .state.open { color: #8a5300; } .state.begun { color: var(--soft); }
.decision { margin-block-end: 0.9rem; padding: 0.55rem 0.8rem; border: 1px solid var(--rule); border-inline-start: 3px solid var(--ink);
  background: var(--wash); font-size: 0.875rem; print-color-adjust: exact; }
.decision.open { border-inline-start-color: #8a5300; color: #8a5300; }
.decision .reason { margin-block: 0.2rem; white-space: pre-line; }
.label { font-weight: 650; } .decision .label { margin-inline-end: 0.5rem; }
.coding { margin-block-start: 0.9rem; font-size: 0.8125rem; } .coding dl { margin-block-start: 0.2rem; }
.quote { margin: 0; font: 1.125rem/1.65 ${SERIF}; white-space: pre-line; }
.quote bdi, .t bdi, .reason bdi { display: block; text-align: start; }
:is(.quote, .t):is(:lang(ug), :lang(ar), :lang(fa), :lang(ur), :lang(kk-Arab)) { line-height: 2; }
.area { color: var(--soft); font-style: italic; }
.translation { margin-block-start: 0.7rem; padding-inline-start: 0.8rem; border-inline-start: 3px solid var(--rule); }
.translation p.t { white-space: pre-line; }
.by { color: var(--soft); font-size: 0.8125rem; }
dl { display: grid; grid-template-columns: 8.5rem minmax(0, 1fr); gap: 0.15rem 0.75rem; margin: 0.8rem 0 0; font-size: 0.8125rem; }
dt { color: var(--soft); } dd { margin: 0; }
header dl { font-size: 0.875rem; margin-block-start: 1.4rem; }
.code { font: 0.75rem/1 ${MONO}; background: var(--wash); border: 1px solid var(--rule);
  border-radius: 0.2rem; padding: 0.1rem 0.3rem; white-space: nowrap; print-color-adjust: exact; }
.hash { font: 0.75rem/1.4 ${MONO}; word-break: break-all; }
.figures th { white-space: normal; } .figures tbody th { color: var(--ink); font-weight: 400; text-align: start; border-block-start: 1px solid var(--rule); }
.figures td.n { white-space: nowrap; max-inline-size: none; padding-inline-end: 0.5rem; } .figures th.n { padding-inline-end: 0.5rem; }
.bar { display: inline-block; block-size: 0.6rem; margin-inline-end: 0.4rem; border: 1px solid var(--ink); background: var(--rule); print-color-adjust: exact; }
${bars()}
.gap { color: var(--soft); font-style: italic; }
.document { margin-block-start: 1.6rem; padding-block-start: 0.9rem; border-block-start: 1px solid var(--rule); }
.document h3 { margin-block-start: 0; }
@media (max-width: 34rem) { body { padding-inline: 1rem; } .exhibit { display: block; } .figures { overflow-x: auto; } dl { grid-template-columns: 6.5rem minmax(0, 1fr); } }
@media print {
  body { max-inline-size: none; padding: 0; font-size: 9.75pt; }
  h1 { font-size: 20pt; } h2 { font-size: 13pt; } h3 { font-size: 11pt; } .quote { font-size: 11.5pt; line-height: 1.55; }
  h2, h3, caption, .head, h2 + .under, .decision { break-after: avoid; }
  td { padding-block: 0.2rem; font-size: 9pt; }
  .documents { break-before: page; }
  h1, h2, h3, tr, .exhibit, .document, .decision, .coding { break-inside: avoid; }
  .exhibit.long { break-inside: auto; display: block; position: relative; padding-inline-start: 3.75rem; }
  .long > .no { position: absolute; inset-inline-start: 0; }
  .quote, .translation p, dd { orphans: 3; widows: 3; }
  .hash { font-size: 7pt; } a { text-decoration: none; }
}
`;
