import { MONO, pageStyle, SANS, SERIF } from '../report/style.ts';

/**
 * The styles of a dossier’s page: always light, since it is meant for paper, and readable in black and white. Verifying compares these and
 * those below in a folder’s page, so they stay as they are while FOLDER_VERSION does; version 1 had only these.
 */
export const HTML_STYLE = `
:root { color-scheme: light; --ink: #1a1c1f; --soft: #55585e; --rule: #d5d5d0; --wash: #f5f5f2; --warn: #8a2a12; }
@page { margin: 22mm 20mm 20mm;
  @top-left { font: 8.5pt/1.3 ${SANS}; color: #55585e; vertical-align: bottom; padding-bottom: 5mm; }
  @top-right { font: 8.5pt/1.3 ${SANS}; color: #55585e; vertical-align: bottom; padding-bottom: 5mm; }
  @bottom-right { content: counter(page) " / " counter(pages); font: 8.5pt/1 ${SANS}; color: #55585e; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-inline-size: 50rem; padding: 3.5rem 2rem 5rem; color: var(--ink); background: #fff;
  font: 0.9375rem/1.5 ${SANS}; overflow-wrap: anywhere; line-break: strict; }
h1, h2, h3 { font-weight: 650; line-height: 1.25; margin: 0; text-wrap: balance; }
h1 { font-size: 1.9rem; } h2 { font-size: 1.35rem; margin-block: 2.6rem 0.6rem; padding-block-end: 0.3rem; border-block-end: 2px solid var(--ink); }
h3 { font-size: 0.875rem; margin-block: 1.5rem 0.4rem; padding-block-end: 0.25rem; border-block-end: 1px solid var(--rule); }
p { margin: 0.4rem 0 0; white-space: pre-line; }
.note, .soft { color: var(--soft); } .note { font-size: 0.8125rem; }
.warning { color: var(--warn); border-inline-start: 3px solid var(--warn); padding-inline-start: 0.7rem; font-weight: 600; }
blockquote { margin: 0.4rem 0 0; padding-inline-start: 0.9rem; border-inline-start: 3px solid var(--ink); white-space: pre-line; font: 1.125rem/1.65 ${SERIF}; }
blockquote.translation { border-color: var(--rule); font: 1rem/1.55 ${SANS}; }
blockquote > bdi { display: block; text-align: start; }
:is(blockquote, .words) bdi:is(:lang(ug), :lang(ar), :lang(fa), :lang(ur), :lang(kk-Arab)) { line-height: 2; }
.shown { margin-block-start: 0.4rem; } .shown img { display: block; max-inline-size: 100%; block-size: auto; border: 1px solid var(--soft); margin-block-end: 0.4rem; }
.words { border: 1px solid var(--soft); padding: 0.7rem 0.9rem; font: 0.9375rem/1.65 ${SERIF}; }
mark { background: #e9e3cf; color: inherit; outline: 1px solid var(--ink); print-color-adjust: exact; }
dl { display: grid; grid-template-columns: 9.5rem minmax(0, 1fr); gap: 0.2rem 0.75rem; margin: 0.5rem 0 0; font-size: 0.8125rem; }
dt { color: var(--soft); } dd { margin: 0; white-space: pre-line; }
code { font: 0.75rem/1.4 ${MONO}; word-break: break-all; }
table { border-collapse: collapse; inline-size: 100%; margin-block-start: 0.8rem; font-size: 0.8125rem; }
caption { text-align: start; font-weight: 650; padding-block-end: 0.3rem; }
th { text-align: start; font-weight: 600; color: var(--soft); padding: 0.25rem 0.75rem 0.25rem 0; }
td { padding: 0.3rem 0.75rem 0.3rem 0; vertical-align: baseline; border-block-start: 1px solid var(--rule); }
td:first-child { white-space: nowrap; }
ol { margin: 0.4rem 0 0; padding-inline-start: 1.4rem; }
a { color: inherit; text-underline-offset: 0.2em; }
.signatures { display: flex; gap: 2rem; margin-block-start: 3rem; } .signatures p { flex: 1; border-block-start: 1px solid var(--ink); padding-block-start: 0.2rem; font-size: 0.75rem; }
.page { border: 0; border-block-start: 1px solid var(--rule); margin-block: 3rem 0; }
@media (max-width: 34rem) { body { padding-inline: 1rem; } dl { grid-template-columns: 7rem minmax(0, 1fr); } }
@media print { body { max-inline-size: none; padding: 0; font-size: 9.75pt; } .page { break-after: page; border: 0; margin: 0; }
  .page + h2 { margin-block-start: 0; } h2, h3, caption { break-after: avoid; } tr, .shown img, .signatures { break-inside: avoid; }
  blockquote { font-size: 11.5pt; } blockquote, dd { orphans: 3; widows: 3; } a { text-decoration: none; } }
`;

/** The program’s own fonts first, which the printed page has with it: the sheets are the same on every computer. */
const OWN_SANS = `"Noto Sans", "Noto Sans SC", "Noto Sans Arabic", ${SANS}`;
const OWN_SERIF = `"Noto Serif", "Noto Serif SC", "Noto Naskh Arabic", ${SERIF}`;
/** With these, an exhibit is on two sheets of A4, and no column breaks a name. */
export const paperStyle = (title: string, made: string, kind: string): string => `
th, td { overflow-wrap: break-word; } td code { overflow-wrap: anywhere; } td:last-child { min-inline-size: 6.5rem; }
@media print { @page { margin: 20mm 20mm 17mm; } body { font: 9.25pt/1.45 ${OWN_SANS}; }
  h1 { font-size: 20pt; } h2 { font-size: 15pt; margin-block: 16pt 5pt; padding-block-end: 2pt; border-block-end-width: 1pt; }
  h3 { font-size: 9.25pt; margin-block: 11pt 3pt; padding-block-end: 2pt; } p { margin-block-start: 3pt; } .note { font-size: 8.25pt; }
  blockquote { font: 12.5pt/1.55 ${OWN_SERIF}; margin-block-start: 4pt; } blockquote.translation { font: 10.5pt/1.5 ${OWN_SANS}; }
  .words { font: 9.5pt/1.55 ${OWN_SERIF}; padding: 6pt 8pt; } .shown img { max-block-size: 95mm; inline-size: auto; }
  dl, table { font-size: 8.75pt; margin-block-start: 4pt; } dl { grid-template-columns: 32mm minmax(0, 1fr); gap: 1.5pt 8pt; } code { font-size: 8pt; }
  th, td { padding-block: 2pt; } ol { margin-block-start: 3pt; } .signatures { margin-block-start: 26pt; } p:has(+ dl), dl:has(+ dl) { break-after: avoid; } }
${pageStyle(title, made, kind)}`;
